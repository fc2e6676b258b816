"""Facts about windows that are cut out of a table: whether each holds rows that follow each other.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.broadcasts import COUNTS
from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.permutations import TRANSPOSES, axes_behind
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Tensor, flatten
from layoutlint.model.sizes import Size

PLACING: Final = frozenset(["copy", "cast", "array", "ascontiguousarray", "identity", "convert_to_tensor"])
MOVING: Final = TRANSPOSES | {"getitem", "expand_dims", "squeeze"}
STEPS, WINDOWS = "steps", "windows"
ORDERS: Final = {"C": (STEPS, WINDOWS), "F": (WINDOWS, STEPS)}
"""What the two parts of the rows are where the windows are made of rows that lie far apart, by `order`."""
MAX_WAY: Final = 24
MAX_RANK: Final = 2
"""Axes of a table; the order of images in an array mostly says nothing."""


def _may_cut(view: LayerView) -> bool:
    return view.layer.class_name == "reshape"


def _split_rows(before: Shape, after: Shape) -> int | None:
    """Return the place of the first of two axes that a reshape makes of the rows of a table, and nothing else
    is changed.
    """
    if before.rank > MAX_RANK or after.rank != before.rank + 1:
        return None
    for place, axis in enumerate(before):
        if axis.role not in COUNTS or after[place].size == 1 or after[place + 1].size == 1:
            continue
        others = zip(
            (*before[:place], *before[place + 1 :]), (*after[:place], *after[place + 2 :]), strict=True
        )
        if all(a.size == b.size or sizes.equal(a.size, b.size) is True for a, b in others):
            return place
    return None


def _fed_arrays(index: Index) -> frozenset[int]:
    """Return the ids of the arrays that models are given."""
    return frozenset(
        id(leaf) for feed in index.feeds for leaf in flatten(feed.data) if isinstance(leaf, Tensor)
    )


def _input_sizes(index: Index) -> frozenset[tuple[Size, ...]]:
    """Return the sizes of a sample, of all inputs of models."""
    inputs = (call for call in index.graph.calls if call.layer.kind == "input")
    shapes = (tensor.shape for call in inputs for tensor in call.output_tensors)
    return frozenset(shape.sizes[1:] for shape in shapes if shape is not None)


def _is_cut_across(view: LayerView) -> bool:
    """Tell whether of the split rows the part that changes fastest becomes the samples that a model is fed,
    and the other one their steps.

    What is given to a function that is not followed, such as one that splits data, is judged by the inputs of
    the models.
    """
    before, (made, *_) = view.shape, view.call.output_tensors
    place = None if before is None or made.shape is None else _split_rows(before, made.shape)
    order = ORDERS.get(view.layer.config.get("order") or "C")
    if made.shape is None or place is None or order is None:
        return False
    told = {place + at: role for at, role in enumerate(order)}
    marked = Shape(Axis(axis.size, told.get(at, "")) for at, axis in enumerate(made.shape))
    waiting, fed = [(made, marked)], view.index.once(_fed_arrays)
    for tensor, shape in waiting:
        roles = [axis.role for axis in shape]
        readers = view.index.consumers.get(id(tensor), [])
        if roles[:1] == [WINDOWS] and STEPS in roles:
            given_away = not readers and shape.rank > 2 and shape.sizes[1:] in view.index.once(_input_sizes)
            if id(tensor) in fed or given_away:
                return True
        for call in readers:
            after = _behind(call, shape)
            if after is not None and len(waiting) < MAX_WAY:
                waiting += [(output, after) for output in call.output_tensors[:1]]
    return False


def _behind(call: Call, shape: Shape) -> Shape | None:
    """Return the axes of an array behind a call that places them anew; None behind any other."""
    if call.layer.kind != "operation" or len(call.input_tensors) != 1:
        return None
    if call.layer.class_name in PLACING:
        return shape
    return axes_behind(call, shape) if call.layer.class_name in MOVING else None


@TABLE.fact(
    Type.TRUTH,
    "a reshape splits the rows of a table into (steps, windows), and a transpose puts the windows in front "
    "before a model is fed: a window holds rows that lie far apart",
    of_class=_may_cut,
)
def cuts_windows_across(view: LayerView) -> Value:
    return _may_cut(view) and view.call.layer.kind == "operation" and _is_cut_across(view)
