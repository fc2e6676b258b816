"""einops: ``rearrange``, ``reduce`` and ``repeat``, carried out as reshape, transpose, reshape.

A pattern names every axis: ``"b (h p) c -> b h (p c)"``. Source: https://einops.rocks/api/rearrange/ and the
pages of ``reduce`` and ``repeat``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from msgspec import Struct

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.ranks import of_rank
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import External, Unknown, Value, as_size
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Size, floor_divide, product

PART: Final = re.compile(r"\(([^()]*)\)|(\w+|\.\.\.)")
SIDE: Final = re.compile(r"(?:[\w\s]|\([\w\s.]*\)|\.\.\.)*")
NUMBER: Final = re.compile(r"\b([2-9]|\d{2,})\b")
REST: Final = "..."
MERGED_REST: Final = "(...)"
"""An ellipsis in brackets: all axes that are not named, as one."""
ANONYMOUS: Final = "number_"
MAX_PATTERN: Final = 200


class AxesPattern(Struct, frozen=True):
    """Both sides of a pattern: for each axis the names of its parts, in order."""

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]


def pattern(text: Value, rank: int) -> AxesPattern | None:
    """Return the pattern for an array of ``rank`` axes; an ellipsis stands for all axes that are
    not named.
    """
    if not isinstance(text, str) or text.count("->") != 1 or len(text) > MAX_PATTERN:
        return None
    # a bare number is an axis of that length, and of no name
    numbers = iter(range(MAX_PATTERN))
    named = NUMBER.sub(lambda number: f"{ANONYMOUS}{next(numbers)}_{number[1]}", text)
    sides = [_side(side) for side in named.split("->")]
    if sides[0] is None or sides[1] is None:
        return None
    others = tuple(f"{REST}{number}" for number in range(rank - len(sides[0]) + 1))
    before, after = (tuple(_with_rest(side, others)) for side in sides if side is not None)
    names = [name for axis in before for name in axis if name != "1"]
    if len(before) != rank:
        return None
    return AxesPattern(before, after) if len(set(names)) == len(names) else None


def _rank_told(text: Value) -> int | None:
    """Return the number of axes that a pattern takes apart; None where an ellipsis stands for some."""
    before = _side(text.split("->")[0]) if isinstance(text, str) and len(text) <= MAX_PATTERN else None
    return len(before) if before and (REST,) not in before else None


def _with_rest(side: list[tuple[str, ...]], others: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the axes of a side with its ellipsis replaced: by an axis each, or by parts of one axis in
    brackets.
    """
    for parts in side:
        if parts == (REST,):
            yield from ((name,) for name in others)
        else:
            yield tuple(name for part in parts for name in (others if part == MERGED_REST else (part,)))


def _side(text: str) -> list[tuple[str, ...]] | None:
    if not SIDE.fullmatch(text):
        return None
    return [
        (name,) if name else tuple(MERGED_REST if part == REST else part for part in inner.split())
        for inner, name in PART.findall(text)
    ]


def _lengths(found: AxesPattern, sizes: tuple[Size, ...], given: dict[str, Size]) -> dict[str, Size] | None:
    """Return the length of every named part; one part of an axis may be left to be worked out."""
    lengths = dict(given)
    for name in (name for parts in found.before for name in parts if name.startswith(ANONYMOUS)):
        lengths[name] = int(name.rpartition("_")[2])
    for parts, size in zip(found.before, sizes, strict=True):
        open_parts = [name for name in parts if name not in lengths and name != "1"]
        if len(open_parts) > 1 or (size is None and len(parts) > 1):
            return None
        for name in open_parts:
            lengths[name] = floor_divide(
                size, product([lengths[other] for other in parts if other in lengths])
            )
    return lengths


def _carried_out(fold: bool, site: Site, arguments: Arguments) -> Value:
    """``rearrange(x, pattern, **lengths)``, ``repeat`` alike; with ``fold`` ``reduce(x, pattern, how)``."""
    given, text = arguments.get(0, "tensor"), arguments.get(1, "pattern")
    if isinstance(given, list):
        given = site.call(External("numpy.stack"), Arguments((given,)))
    rank = _rank_told(text) if isinstance(given, Unknown) else None
    tensor = of_rank(given, rank) if isinstance(given, Unknown) and rank is not None else array_of(given)
    if tensor is None or tensor.shape is None or arguments.open:
        return site.lost("an array of unknown axes is rearranged")
    found = pattern(text, tensor.shape.rank)
    known = {name: as_size(value) for name, value in arguments.keywords.items() if name not in OPTIONS}
    lengths = None if found is None else _lengths(found, tensor.shape.sizes, known)
    if found is None or lengths is None:
        return site.lost("a pattern that is not known")
    parts = [name for axis in found.before for name in axis if name != "1"]
    wanted = [name for axis in found.after for name in axis if name != "1"]
    made: Value = _reshaped(site, tensor, [lengths[name] for name in parts])
    dropped = [place for place, name in enumerate(parts) if name not in wanted]
    if dropped:
        how = arguments.get(2, "reduction")
        if not fold or how not in FOLDS:
            return site.lost("a pattern that loses an axis")
        made = site.call(External(f"numpy.{how}"), Arguments((made,), {"axis": tuple(dropped)}))
        parts = [name for name in parts if name in wanted]
    new = [name for name in wanted if name not in parts]
    if any(name not in lengths for name in new) or (new and not isinstance(made, Tensor)):
        return site.lost("a pattern with an axis of unknown length")
    for name in new:
        made = site.call(External("numpy.expand_dims"), Arguments((made, len(parts))))
        made = site.call(External("numpy.repeat"), Arguments((made, lengths[name]), {"axis": len(parts)}))
        parts = [*parts, name]
    order = tuple(parts.index(name) for name in wanted)
    if order != tuple(range(len(order))):
        made = site.call(External("numpy.transpose"), Arguments((made, order)))
    if not isinstance(made, Tensor) or made.shape is None:
        return made
    return _reshaped(site, made, [product([lengths[n] for n in axis if n != "1"]) for axis in found.after])


def _reshaped(site: Site, tensor: Tensor, sizes: list[Size]) -> Value:
    """Return the same values with these sizes; nothing is done where they are the sizes that there are."""
    if tensor.shape is not None and list(tensor.shape.sizes) == sizes:
        return tensor
    return site.call(External("numpy.reshape"), Arguments((tensor, tuple(sizes))))


OPTIONS: Final = ("tensor", "pattern", "reduction")
FOLDS: Final = ("mean", "max", "min", "sum", "prod")

_FUNCTIONS: dict[str, Handler] = {
    "einops.rearrange": partial(_carried_out, False),
    "einops.repeat": partial(_carried_out, False),
    "einops.reduce": partial(_carried_out, True),
}

LIBRARY = Library("einops", functions=_FUNCTIONS)
