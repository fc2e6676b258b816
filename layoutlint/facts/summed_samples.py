"""Facts about sums over all samples that are used afterwards like one value for each sample.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Final

from layoutlint.facts.axis_operations import folded_axes
from layoutlint.facts.batch_axis import has_batch
from layoutlint.facts.broadcasts import COUNTS, PAIRING
from layoutlint.facts.consumers import LOSS_VALUE, downstream
from layoutlint.facts.data_formats import keeps_order
from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Tensor
from layoutlint.operations import elementwise
from layoutlint.operations.catalogue import operations

SUMS: Final = frozenset(["sum"])
COMBINED: Final = frozenset(["add", "subtract", "multiply", "squared_difference"])
"""Operations with two arrays in which one number for all samples stands for the number of each."""
PASSED: Final = (
    COMBINED
    | {"maximum", "minimum", "power"}
    | {name for name, known in operations().items() if known.shape in (elementwise.keep, elementwise.cast)}
)
"""Operations that a sum may pass before; one that is divided may be a mean, and is left alone."""
HINGES: Final = frozenset(["maximum", "relu", "softplus"])
KEEPING_SAMPLES: Final = frozenset(["split", "split_sizes", "one_hot", "unstack"])
MAX_WAY: Final = 32


def _may_sum(view: LayerView) -> bool:
    return view.layer.class_name in SUMS


def _counts_samples(index: Index, tensor: Tensor) -> bool:
    """Tell whether the first axis of a tensor counts samples: it comes from a model, or has the role."""
    seen: set[int] = set()
    queue = [tensor]
    for current in queue:
        shape, made = current.shape, current.producer
        if not shape:
            continue
        if shape[0].role in COUNTS or has_batch(index, current):
            return True
        if made is None or id(made) in seen or len(seen) > MAX_WAY:
            continue
        seen.add(id(made))
        if made.layer.kind in ("model", "layer"):
            return True
        if _keeps_samples(made):
            queue += [before for before in made.input_tensors if _starts_like(before.shape, shape, 1)]
    return False


def _keeps_samples(call: Call) -> bool:
    key = call.layer.config.get("key")
    whole = isinstance(key, tuple) and bool(key) and (key[0] is Ellipsis or key[0] == slice(None))
    return keeps_order(call) or call.layer.class_name in PAIRING | KEEPING_SAMPLES or whole


def _starts_like(one: Shape | None, other: Shape | None, count: int) -> bool:
    """Tell whether the first axes of two shapes are equally long for sure, or both the batch."""
    if one is None or other is None or min(one.rank, other.rank) < count:
        return False
    pairs = list(zip(one[:count], other[:count], strict=True))
    return all(_is_same(*pair) for pair in pairs) or (
        _is_samples(*pairs[0]) and all(_is_same(*pair) for pair in pairs[1:])
    )


def _is_same(one: Axis, other: Axis) -> bool:
    return one.size == other.size or sizes.equal(one.size, other.size) is True


def _is_samples(one: Axis, other: Axis) -> bool:
    """Tell whether both count samples, as many as far as anybody can say."""
    return one.role in COUNTS and other.role in COUNTS and sizes.equal(one.size, other.size) is not False


def _is_number(tensor: Tensor) -> bool:
    return tensor.shape is not None and tensor.shape.rank == 0


def _numbers_behind(index: Index, call: Call) -> Iterator[tuple[Call, Tensor]]:
    """Return the calls that read the number which a call makes, or what arithmetic makes of it, each with the
    number that it reads.
    """
    return index.onward(filter(_is_number, call.output_tensors), _numbers_made, MAX_WAY)


def _numbers_made(call: Call, number: Tensor) -> Iterable[Tensor]:
    return filter(_is_number, call.output_tensors) if call.layer.class_name in PASSED else ()


def _sums_all(index: Index, call: Call) -> bool:
    """Tell whether a call sums the samples and the values of each to one number."""
    shape = call.input_tensors[0].shape if len(call.input_tensors) == 1 else None
    axes = folded_axes(call) if call.layer.class_name in SUMS else None
    if shape is None or axes is None or shape.rank < 2 or len(axes) != shape.rank:
        return False
    return shape[0].size != 1 and _counts_samples(index, call.input_tensors[0])


def _beside_samples(view: LayerView) -> Shape | None:
    """Return the shape of what a sum over everything is combined with, where it has the first axes of what
    was summed: a value for each sample, or for each step of each.
    """
    if view.layer.class_name not in SUMS or not _sums_all(view.index, view.call):
        return None
    summed = view.call.input_tensors[0].shape
    for reader, number in _numbers_behind(view.index, view.call):
        if reader.layer.class_name not in COMBINED or len(reader.input_tensors) != 2:
            continue
        other = next((tensor.shape for tensor in reader.input_tensors if tensor is not number), None)
        if summed is None or not other or other.rank >= summed.rank or other[0].size == 1:
            continue
        if _starts_like(other, summed, other.rank):
            return other
    return None


@TABLE.fact(
    Type.TEXT,
    "for a sum over the samples and all values of each: the shape of what its one number is combined with "
    "afterwards, where that has a value for each sample, or for each step of each; the empty text for all "
    "else",
    of_class=_may_sum,
)
def summed_beside(view: LayerView) -> Value:
    found = _beside_samples(view)
    return "" if found is None else str(found)


@TABLE.fact(
    Type.TRUTH,
    "a sum along the batch alone, of maps (at least four axes), that a loss then divides value by value: a "
    "ratio for each pixel, over all samples",
    of_class=_may_sum,
)
def ratio_over_samples(view: LayerView) -> Value:
    shape = view.shape
    if view.layer.class_name not in SUMS or shape is None or shape.rank < 4 or folded_axes(view.call) != (0,):
        return False
    way = list(itertools.takewhile(_is_valuewise, downstream(view)))
    return any(call.layer.class_name == "divide" and len(call.input_tensors) == 2 for call in way) and any(
        call.layer.class_name == LOSS_VALUE for call in downstream(view)
    )


def _is_valuewise(call: Call) -> bool:
    return call.layer.class_name in PASSED or call.layer.class_name == "divide"


@TABLE.fact(
    Type.TRUTH,
    "a sum over the samples and all values of each, whose difference to another such sum is cut off at 0 "
    "afterwards (a hinge, as of triplets): it is meant for each sample",
    of_class=_may_sum,
)
def hinge_over_samples(view: LayerView) -> Value:
    if view.layer.class_name not in SUMS or not _sums_all(view.index, view.call):
        return False
    return any(
        reader.layer.class_name in HINGES and _is_difference(view.index, number)
        for reader, number in _numbers_behind(view.index, view.call)
    )


def _is_difference(index: Index, number: Tensor) -> bool:
    """Tell whether a number is made of two or more sums over all samples, and something is subtracted."""
    sums: set[int] = set()
    differs = False
    queue = [number]
    for current in queue:
        made = current.producer
        if made is None or not _is_number(current):
            continue
        if _sums_all(index, made):
            sums.add(id(made))
        elif made.layer.class_name in PASSED and len(queue) < MAX_WAY:
            differs = differs or made.layer.class_name in ("subtract", "negative")
            queue += made.input_tensors
    return differs and len(sums) > 1
