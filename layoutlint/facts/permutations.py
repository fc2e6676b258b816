"""Facts about permutations of axes, and where they have put the batch.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Final

from msgspec import Struct

from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.layer_view import SPATIAL, TABLE, LayerView
from layoutlint.facts.trace import is_array
from layoutlint.inference import layer_call
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call
from layoutlint.model.origins import SourceFile, SourceOrigin
from layoutlint.model.syntax_text import nodes_of, syntax_if_any, written

TRANSPOSES: Final = frozenset(
    ["Permute", "transpose", "swapaxes", "moveaxis", "rollaxis", "matrix_transpose", "permute_dims"]
)


@TABLE.fact(Type.LIST, "the order of the axes as it was written: `dims` of a Permute, `axes` of a transpose")
def permutation(view: LayerView) -> Value:
    config = view.layer.config
    order = config.get("dims") if view.layer.class_name == "Permute" else config.get("axes")
    if isinstance(order, list | tuple) and len(order) == 1 and isinstance(order[0], list | tuple):
        order = order[0]  # the method: x.transpose((0, 2, 1))
    if not isinstance(order, list | tuple) or not all(is_place(place) for place in order):
        return UNKNOWN
    return tuple(order)


def is_place(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@TABLE.fact(Type.TRUTH, "the permutation puts every axis where it was")
def permutes_nothing(view: LayerView) -> Value:
    order = permutation(view)
    if order is UNKNOWN:
        return UNKNOWN
    first = 1 if view.layer.class_name == "Permute" else 0
    keeps = len(order) > 1 and list(order) == list(range(first, first + len(order)))
    return keeps and not _is_one_of_several(view)


def _is_one_of_several(view: LayerView) -> bool:
    """Tell whether another branch of an `if` makes the same layer: a data format or a name decides there."""
    origin = view.layer.origin
    if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.Call):
        return False
    line, made = origin.node.lineno, written(origin.node.func)
    return any(
        here.first <= line <= here.last and not other.first <= line <= other.last and made in other.called
        for sides in _branches(origin.file)
        for here, other in (sides, sides[::-1])
    )


class _Side(Struct, frozen=True):
    """One side of an `if`: its first and last line, and what is called there."""

    first: int
    last: int
    called: frozenset[str]


@lru_cache(maxsize=8)
def _branches(file: SourceFile) -> tuple[tuple[_Side, _Side], ...]:
    """Return the two sides of each `if` of a file that has an `else`."""
    tree = syntax_if_any(file.text)
    parts = nodes_of(tree) if tree is not None else ()
    return tuple(
        (_side(part.body), _side(part.orelse)) for part in parts if isinstance(part, ast.If) and part.orelse
    )


def _side(statements: list[ast.stmt]) -> _Side:
    called = (
        written(part.func)
        for statement in statements
        for part in ast.walk(statement)
        if isinstance(part, ast.Call)
    )
    return _Side(statements[0].lineno, statements[-1].end_lineno or 0, frozenset(called))


@TABLE.fact(Type.TEXT, "for a Permute counted from 0: the dims that were meant, counted from 1")
def permutation_from_one(view: LayerView) -> Value:
    order = permutation(view)
    if view.layer.class_name != "Permute" or order is UNKNOWN or sorted(order) != list(range(len(order))):
        return UNKNOWN
    needed = None if view.shape is None else view.shape.rank
    if order[0] == 0 and (needed is None or needed == len(order)):
        return shown(order[1:])  # the batch was counted too
    return shown(tuple(place + 1 for place in order))


def place_of_batch(view: LayerView) -> int | None:
    """Return where the batch of a model's tensor is, behind transposes; None where nobody can say, or it is
    gone.
    """
    if view.index.class_names.isdisjoint(TRANSPOSES):
        return None
    way = view.trace
    root = None if way is None else way.root
    if (
        way is None
        or root is None
        or root.producer is None
        or not root.shape
        or root.shape[0].size is not None
    ):
        return None
    if way.end not in ("input", "layer") or is_array(root.producer):
        return None
    place = 0
    for call in reversed(way.calls):
        before, after = call.input_tensors[0].shape, call.output_tensors[0].shape
        if before is None or after is None or len(call.input_tensors) != 1:
            return None
        if call.layer.class_name not in TRANSPOSES:
            if place and (place >= after.rank or before.sizes != after.sizes):
                return None
            if not after.rank or after[place].size is not None:
                return None  # a reshape has put something else in front
            continue
        marked = Shape(Axis(axis.size, "batch" if at == place else "") for at, axis in enumerate(before))
        found = [at for at, axis in enumerate(axes_behind(call, marked) or ()) if axis.role == "batch"]
        if len(found) != 1:
            return None
        place = found[0]
    return place


def moves_first(call: Call) -> bool:
    """Tell whether a call is a transpose that puts another axis first; so is one of an unknown array."""
    shape = call.input_tensors[0].shape if call.input_tensors else None
    if call.layer.class_name not in TRANSPOSES or not shape:
        return call.layer.class_name in TRANSPOSES
    marked = Shape(Axis(axis.size, "first" if at == 0 else "") for at, axis in enumerate(shape))
    behind = axes_behind(call, marked)
    return not behind or behind[0].role != "first"


def axes_behind(call: Call, given: Shape) -> Shape | None:
    """Return the axes behind a call with one input, with the roles that the call is given them with."""
    made = layer_call.infer(call.layer, [given] if isinstance(call.inputs, list) else given, {}).outputs
    return made if isinstance(made, Shape) else None


@TABLE.fact(
    Type.TRUTH,
    "a transpose has moved the batch of a model's tensors away from axis 0, and the layer reads it as steps "
    "or as a spatial axis",
    of_graph=lambda index: not index.class_names.isdisjoint(TRANSPOSES),
)
def along_moved_batch(view: LayerView) -> Value:
    if view.hidden or not any(name in SPATIAL for name in view.names[1:]):
        return False  # before the way back is followed
    place = place_of_batch(view)
    return place is not None and 0 < place < len(view.names) and view.names[place] in SPATIAL


@TABLE.fact(
    Type.NUMBER,
    "the axis to which transposes have moved the batch, counted from 0; unknown where there are none",
)
def batch_place(view: LayerView) -> Value:
    place = place_of_batch(view)
    return UNKNOWN if place is None else place
