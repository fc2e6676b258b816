"""Facts about operations between two arrays of the same samples, one a column, or a number each with more
axes.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.trace import upstream
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Tensor, flatten
from layoutlint.model.syntax_text import short_text
from layoutlint.operations import elementwise
from layoutlint.operations.catalogue import operations

PAIRING: Final = frozenset(
    name
    for name, known in operations().items()
    if known.shape in (elementwise.binary, elementwise.compare, elementwise.combine)
)
"""Operations that compute value by value with two arrays."""

COUNTS: Final = ("batch", "samples")
COLUMN_MAKERS: Final = frozenset(["expand_dims", "reshape", "getitem"])
MAX_WAY: Final = 256


def _operands(view: LayerView) -> tuple[int, int, int, int] | None:
    """Return the places of the operand of (n, …) and of the one of (n, 1, …), which has more axes, all others
    of size 1, and as many samples, and how many axes each has; None for others.
    """
    tensors = view.call.input_tensors
    if view.layer.class_name not in PAIRING or view.call.layer.kind != "operation" or len(tensors) != 2:
        return None
    shapes = [tensor.shape if isinstance(tensor, Tensor) else None for tensor in tensors]
    for flat, column in ((0, 1), (1, 0)):
        one, other = shapes[flat], shapes[column]
        if not one or other is None or one.rank >= other.rank or set(other.sizes[1:]) != {1}:
            continue
        are_same = same_samples(one, other) or _are_targets(view.index, tensors[flat], other)
        return (flat, column, one.rank, other.rank) if are_same else None
    return None


def same_samples(one: Shape, other: Shape) -> bool:
    """Tell whether the first axes of two arrays are for sure the same samples, and more than one."""
    first, second = one[0], other[0]
    if first.size == 1 or second.size == 1:
        return False
    same = sizes.equal(first.size, second.size)
    if first.role in COUNTS and second.role in COUNTS:
        return same is not False if one.rank == 1 else first.size == second.size
    return same is True and first.size is not None


def _are_targets(index: Index, flat: Tensor, column: Shape) -> bool:
    """Tell whether an array of one axis is given as the targets of a model, a value for each sample."""
    if flat.shape is None or flat.shape.rank != 1 or column[0].role not in COUNTS:
        return False
    return id(flat) in index.once(_targets) and sizes.equal(flat.shape[0].size, column[0].size) is not False


def _targets(index: Index) -> frozenset[int]:
    return frozenset(id(target) for feed in index.feeds for target in flatten(feed.targets))


def is_predicted(tensor: Tensor) -> bool:
    """Tell whether a model had a part in an array."""
    made = tensor.producer
    return made is not None and any(map(_predicts, (made, *upstream(made, MAX_WAY))))


def _predicts(call: Call) -> bool:
    return call.layer.kind != "operation" or call.layer.class_name == "predict"


def _is_made_a_column(view: LayerView, tensor: Tensor) -> bool:
    """Tell whether the operand gets its last axis in the very line of the operation: then all pairs are
    meant.
    """
    made = tensor.producer
    if made is None or made.layer.class_name not in COLUMN_MAKERS:
        return False
    lines = [getattr(getattr(call.origin, "node", None), "lineno", None) for call in (made, view.call)]
    return lines[0] == lines[1] is not None


@TABLE.fact(
    Type.TRUTH,
    "an operation takes (n,) and (n, 1) of the same samples, one of them from a model's output, or (n, …) "
    "and a number for each sample with more axes, (n, 1, 1, 1): the result has each sample with every other",
    of_class=lambda view: view.layer.class_name in PAIRING,
)
def pairs_all_samples(view: LayerView) -> Value:
    found = _operands(view)
    if found is None:
        return False
    flat, column = (view.call.input_tensors[place] for place in found[:2])
    of_samples = flat.shape is not None and found[2] > 1 and flat.shape[0].role in COUNTS
    wanted = of_samples or is_predicted(flat) or is_predicted(column)
    return wanted and not _is_made_a_column(view, column)


def _text(view: LayerView, place: int) -> str | None:
    """Return an operand as the source writes it, where it is short."""
    node = getattr(view.call.origin, "node", None)
    parts: list[ast.expr] = []
    if isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
    elif isinstance(node, ast.Compare) and len(node.comparators) == 1:
        parts = [node.left, node.comparators[0]]
    elif isinstance(node, ast.Call) and len(node.args) == 2:
        parts = list(node.args)
    return short_text(parts[place], "") or None if place < len(parts) else None


@TABLE.fact(Type.TEXT, "the operand of (n,) in an operation with (n, 1), as it is written")
def flat_operand(view: LayerView) -> Value:
    found = _operands(view)
    return UNKNOWN if found is None or found[2] != 1 else _text(view, found[0]) or UNKNOWN


@TABLE.fact(
    Type.TEXT,
    "the operand of (n, 1, …) in an operation with one of fewer axes, as it is written, with the index that "
    "leaves it as many axes: `y_pred[:, 0]`",
)
def column_operand(view: LayerView) -> Value:
    found = _operands(view)
    text = None if found is None else _text(view, found[1])
    if found is None or text is None:
        return UNKNOWN
    *_, kept, given = found
    return f"{text}[{', '.join([':'] * kept + ['0'] * (given - kept))}]"


@TABLE.fact(Type.TEXT, "the shapes of the operands of (n, …) and (n, 1, …), and of the result")
def paired_shapes(view: LayerView) -> Value:
    found = _operands(view)
    if found is None:
        return UNKNOWN
    tensors = (*view.call.input_tensors, *view.call.output_tensors)
    one, other, result = (tensor.shape.words for tensor in tensors if tensor.shape is not None)
    return f"{one} and {other} become {result}"
