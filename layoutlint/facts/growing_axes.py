"""Axes that grow: a sequence that the program prolongs, whose first round has one step."""

from __future__ import annotations

from itertools import pairwise

from layoutlint.facts.index import Index
from layoutlint.model.graph import Call, Tensor
from layoutlint.model.sizes import Size


def grows_later(index: Index, call: Call) -> bool:
    """Tell whether an axis of size 1 grows: it is longer, or of any size, where a later round of a loop makes
    the same call, or one longer in each of the next two, in a loop or not.
    """
    if not any(1 in _sizes(tensor) for tensor in call.input_tensors):
        return False
    at = index.positions[id(call)]
    later = [other for other in index.calls_written_as(call) if index.positions[id(other)] > at]
    end = max((last for first, last in index.once(_loops) if first <= at < last), default=at)
    if any(index.positions[id(other)] <= end and _is_longer(call, other) for other in later):
        return True
    return len(later) >= 2 and all(_is_prolonged(*pair) for pair in pairwise([call, *later[:2]]))


def _loops(index: Index) -> list[tuple[int, int]]:
    """Return the places of the first and the last call of each loop whose calls are all there."""
    known = index.positions
    return [
        (known[id(first)], known[id(last)])
        for first, last in index.graph.loops
        if id(first) in known and id(last) in known
    ]


def _sizes(tensor: Tensor) -> tuple[Size, ...]:
    return () if tensor.shape is None else tensor.shape.sizes


def _is_longer(call: Call, later: Call) -> bool:
    return any(map(_has_grown, call.input_tensors, later.input_tensors))


def _has_grown(before: Tensor, after: Tensor) -> bool:
    if after.shape is None:
        return 1 in _sizes(before)
    if len(_sizes(before)) != after.shape.rank:
        return False
    return any(old == 1 != new for old, new in zip(_sizes(before), after.shape.sizes, strict=True))


def _is_prolonged(call: Call, later: Call) -> bool:
    """Tell whether an axis of what goes in is one longer the next time."""
    pairs = zip(call.input_tensors, later.input_tensors, strict=False)
    return any(
        isinstance(old, int) and isinstance(new, int) and new == old + 1
        for before, after in pairs
        for old, new in zip(_sizes(before), _sizes(after), strict=False)
    )
