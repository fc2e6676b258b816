"""Facts about a reshape of arrays that were joined side by side: whether it takes them apart again.

Of data alone: what a layer makes of joined vectors is learnt, in whatever order they come.
Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from layoutlint.facts.batch_axis import has_batch
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.reshapes import order_of
from layoutlint.inference.fractions import SCALED
from layoutlint.model.graph import Call, Tensor
from layoutlint.model.sizes import Size, equal, product

JOINING: Final = frozenset(["concatenate", "hstack", "column_stack"])
KEEPING: Final = frozenset(["cast", "array", "identity", "copy", "convert_to_tensor", SCALED])
ARITHMETIC: Final = frozenset(["add", "subtract", "multiply", "divide"])
MERGING: Final = frozenset(["reshape", "flatten", "ravel"])
MAX_WAY: Final = 8


class Blocks(Struct, frozen=True):
    """Arrays that stand side by side: how many, and how many values each has in a row."""

    count: int
    width: Size


def _join_behind(tensor: Tensor) -> Call | None:
    """Return the call that joined an array, as far as nothing else moved its values."""
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None or made.layer.class_name in JOINING:
            return made
        if not _keeps_places(made, tensor):
            return None
        tensor = made.input_tensors[0]
    return None


def _keeps_places(call: Call, made: Tensor) -> bool:
    """Tell whether every value stays in its place of a row: ``x[:100]``, ``x - mean``."""
    name, given = call.layer.class_name, call.input_tensors
    if name in ARITHMETIC and given and given[0].shape is not None and made.shape is not None:
        return given[0].shape.sizes == made.shape.sizes
    takes_rows = name == "getitem" and isinstance(call.layer.config.get("key"), slice)
    return (takes_rows or name in KEEPING) and len(given) == 1


def _blocks(call: Call) -> Blocks | None:
    """Return the equal blocks that a call joins along the last axis that is longer than 1."""
    shapes = [tensor.shape for tensor in call.input_tensors]
    first = shapes[0] if len(shapes) > 1 else None
    if first is None or first.rank < 2 or any(shape is None or shape.rank != first.rank for shape in shapes):
        return None
    given = call.layer.config.get("axis")
    default = 0 if call.layer.class_name == "concatenate" else 1
    axis = default if given is None else given
    if type(axis) is not int or not -first.rank <= axis < first.rank:
        return None
    axis %= first.rank
    width = first[axis].size
    is_last = axis > 0 and all(part.size == 1 for part in first[axis + 1 :])
    alike = all(shape is not None and equal(shape[axis].size, width) is True for shape in shapes)
    return Blocks(len(shapes), width) if is_last and alike and width not in (None, 1) else None


def _torn(view: LayerView) -> Blocks | None:
    """Return the blocks that a reshape cuts across: it makes a column of each place in a row of blocks."""
    if not _is_reshape(view) or order_of(view.call) != "C":
        return None
    if view.tensor is not None and has_batch(view.index, view.tensor):
        return None
    outputs = view.call.output_tensors
    shape = outputs[0].shape if len(outputs) == 1 else None
    joined = None if view.tensor is None or shape is None or shape.rank < 3 else _join_behind(view.tensor)
    blocks = None if joined is None else _blocks(joined)
    if joined is None or blocks is None or shape is None or _may_hold_rows(joined, blocks):
        return None
    long = [size for size in shape.sizes if size != 1]
    places = (long[-2], product(long[1:-1])) if len(long) > 2 else ()
    fits = any(equal(size, blocks.width) for size in places) and equal(long[-1], blocks.count)
    return blocks if fits and equal(blocks.width, blocks.count) is False else None


def _is_reshape(view: LayerView) -> bool:
    return view.layer.class_name == "reshape"


def _may_hold_rows(join: Call, blocks: Blocks) -> bool:
    """Tell whether each block may be rows of as many values as there are blocks, made one row by a reshape:
    then the blocks follow each other, and it is right to cut them into such rows.
    """
    if not isinstance(blocks.width, int) or blocks.width % blocks.count:
        return False
    makers = (tensor.producer for tensor in join.input_tensors)
    return any(made is not None and made.layer.class_name in MERGING for made in makers)


@TABLE.fact(
    Type.NUMBER,
    "for a reshape that makes a last axis of as many places as arrays were joined side by side, whose values "
    "follow each other instead: the number of those arrays",
    of_class=_is_reshape,
)
def torn_blocks(view: LayerView) -> Value:
    found = _torn(view)
    return UNKNOWN if found is None else found.count


@TABLE.fact(
    Type.SIZE,
    "for `torn_blocks`: how many values each of the joined arrays has in a row",
    of_class=_is_reshape,
)
def width_of_block(view: LayerView) -> Value:
    found = _torn(view)
    return UNKNOWN if found is None or found.width is None else found.width
