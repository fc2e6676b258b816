"""Facts about samples that are repeated: whether the copies of each stand side by side, or whole batches do.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Tensor
from layoutlint.model.sizes import Size

REPEATING: Final = frozenset(["tile", "repeat"])
REORDERING: Final = frozenset(
    ["gather", "take", "sort", "argsort", "permutation", "roll", "flip", "transpose"]
)
"""Operations behind which samples may stand in another order."""
MAX_WAY: Final = 64


def _may_repeat(view: LayerView) -> bool:
    return view.layer.class_name in REPEATING


def _times(call: Call) -> int | None:
    """Return how often the first axis is repeated, if no other is."""
    given, axis = call.layer.config.get("repeats"), call.layer.config.get("axis")
    if call.layer.class_name == "repeat":
        return given if axis == 0 and isinstance(given, int) else None
    if not isinstance(given, list | tuple) or any(times != 1 for times in given[1:]):
        return None
    return given[0] if given and isinstance(given[0], int) else None


def _split(given: Shape, made: Shape) -> tuple[Size, Size] | None:
    """Return into what a reshape splits the first axis; None if it does not split it in two."""
    if made.rank != given.rank + 1 or not given.rank:
        return None
    rest = zip(given.sizes[1:], made.sizes[2:], strict=True)
    whole = sizes.multiply(made.sizes[0], made.sizes[1]) if None not in made.sizes[:2] else None
    if not all(sizes.equal(*pair) is True for pair in rest) or sizes.equal(given.sizes[0], whole) is False:
        return None
    return made.sizes[0], made.sizes[1]


def _read_otherwise(view: LayerView) -> Shape | None:
    """Return the shape of a later reshape that takes the copies for ordered the other way round: (samples,
    times) of a tile, (times, samples) of a repeat.
    """
    times = _times(view.call) if _may_repeat(view) and len(view.call.input_tensors) == 1 else None
    samples = view.shape[0].size if view.shape else None
    if times is None or times < 2 or samples in (None, 1, times):
        return None
    wanted = (samples, times) if view.layer.class_name == "tile" else (times, samples)
    for reader, given in _behind(view):
        made = reader.output_tensors[0].shape
        found = _split(given, made) if made is not None and reader.layer.class_name == "reshape" else None
        if found is not None and all(sizes.equal(*pair) is True for pair in zip(found, wanted, strict=True)):
            return made
    return None


def _behind(view: LayerView) -> Iterator[tuple[Call, Shape]]:
    """Yield the calls that read the copies, with the shape that they read, as long as these are kept."""
    copies = view.call.output_tensors[:1]
    total = copies[0].shape[0].size if copies and copies[0].shape else None

    def kept(call: Call, tensor: Tensor) -> list[Tensor]:
        made = call.output_tensors if call.layer.class_name not in REORDERING else []
        return [each for each in made if each.shape and sizes.equal(each.shape[0].size, total) is True]

    for reader, tensor in view.index.onward(copies, kept, MAX_WAY):
        if tensor.shape is not None and reader.output_tensors:
            yield reader, tensor.shape


@TABLE.fact(
    Type.TEXT,
    "for an operation that repeats the samples (`tile`: the whole batch, `repeat`: each sample): the shape "
    "of a later reshape that takes the copies for ordered the other way round; the empty text for all else",
    of_class=_may_repeat,
)
def copies_read_as(view: LayerView) -> Value:
    found = _read_otherwise(view)
    return "" if found is None else found.words


@TABLE.fact(Type.NUMBER, "how often an operation repeats the samples")
def repeated_times(view: LayerView) -> Value:
    times = _times(view.call) if _may_repeat(view) else None
    return UNKNOWN if times is None else times
