"""Arrays of classes: whole numbers and one-hot rows, told by what made them.

Operations that only place values anew are looked through; what computes, or chooses by a mask, ends the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Labels, Slot, Tensor
from layoutlint.operations import Mask

PICKED: Final = "picked"
"""The operation that stands in the graph for rows of a column that a program picks by their place or by what
they hold, ``df[df.n < 10]``: the highest value, or a class, may not be among them.
"""
PLACING: Final = frozenset(
    [
        PICKED,
        "reshape",
        "expand_dims",
        "squeeze",
        "transpose",
        "swapaxes",
        "moveaxis",
        "cast",
        "array",
        "ravel",
        "flatten",
        "permutation",
        "copy",
        "identity",
        "convert_to_tensor",
        "concatenate",
        "repeat",
        "tile",
    ]
)
"""Operations whose values are those of their first input."""

COLUMN: Final = "column"
"""The operation that stands in the graph for a column of a table, with its name as the key; its input is the
table, or the row of values that the program assigned to the column.
"""
COLUMNS: Final = "columns"
"""The operation that stands in the graph for ``df[["a", "b"]].values``: its inputs are the columns."""

ONE_HOT: Final = frozenset(["to_categorical", "one_hot"])
TABLES: Final = frozenset(["eye"])
"""What gives one-hot rows when rows are picked by labels: ``np.eye(10)[y]``."""
CONSTANT: Final = frozenset(["zeros", "ones", "full"])
SCALING: Final = frozenset(["add", "subtract", "multiply", "divide", "negative"])
"""Operations that give one value where they are given one; the other operand is a number."""
DRAWN: Final = ("randint", "integers")
CLASSES: Final = ("classes", "labels")
"""Roles of an axis with one value for each class."""
MAX_WAY: Final = 100


def drawn_between(call: Call) -> tuple[int, int] | None:
    """Return the lowest and highest number that ``np.random.randint(0, 10, n)`` draws; None for others."""
    layer = call.layer
    if layer.class_name != "random" or not (layer.name or "").endswith(DRAWN):
        return None
    low, high = layer.config.get("low"), layer.config.get("high")
    if high is None:
        low, high = 0, low
    if not isinstance(low, int) or not isinstance(high, int) or low >= high:
        return None
    return low, high - 1


def drawn(call: Call) -> Labels | None:
    """Return the labels that a call draws: numbers from 0; None for what draws none."""
    bounds = drawn_between(call)
    return Labels(bounds[1] + 1) if bounds is not None and bounds[0] == 0 else None


def labels_of(tensor: Tensor) -> Labels | None:
    """Return what is known of an array of whole-number labels; None for what is not known to be one."""
    picked = False
    for step in way(tensor):
        if step.labels is not None:
            return Labels(None) if picked else step.labels
        picked = picked or (step.producer is not None and step.producer.layer.class_name == PICKED)
    return None


def classes_of(tensor: Tensor) -> int | None:
    """Return how many classes an array has, as labels or as one-hot rows; None if that is not known."""
    labels = labels_of(tensor)
    if labels is not None:
        return labels.count if isinstance(labels.count, int) else None
    shape = tensor.shape
    last = shape[-1] if shape else None
    if not is_one_hot(tensor) or last is None:
        return None
    if isinstance(last.size, int):
        return last.size
    for step in way(tensor):
        if step.producer is not None and step.producer.layer.class_name in ONE_HOT:
            source = next(iter(step.producer.input_tensors), None)
            return classes_of(source) if isinstance(source, Tensor) else None
    return None


def is_one_hot(tensor: Tensor) -> bool:
    """Tell whether the rows of an array have one value for each class."""
    shape = tensor.shape
    if not shape or shape.rank < 2 or shape[-1].size == 1:
        return False
    if shape[-1].role in CLASSES:
        return True
    return any(_picks_rows(step.producer) for step in way(tensor))


def is_constant(tensor: Tensor) -> bool:
    """Tell whether all values of an array are one and the same: ``np.ones((n, 1)) * 0.9``."""
    for step in way(tensor):
        call = step.producer
        if call is None or call.layer.kind != "operation":
            return False
        if call.layer.class_name in CONSTANT:
            return True
        if call.layer.class_name == "like":
            return (call.layer.name or "").endswith(("ones_like", "zeros_like", "full_like"))
        inputs = call.input_tensors
        if call.layer.class_name in SCALING and len(inputs) == 1 and isinstance(inputs[0], Tensor):
            return is_constant(inputs[0])
    return False


def way(tensor: Tensor) -> Iterator[Tensor]:
    """Yield the array, and those that it was placed from, nearest first."""
    for _ in range(MAX_WAY):
        yield tensor
        before = None if tensor.producer is None else placed_from(tensor.producer)
        if before is None:
            return
        tensor = before


def placed_from(call: Call) -> Tensor | None:
    """Return the array whose values a call places anew; None for what computes or chooses."""
    if (picked := column_picked(call)) is not None:
        return picked
    if call.layer.kind != "operation" or not _places(call):
        return None
    before = next(iter(call.input_tensors), None)
    return before if isinstance(before, Tensor) else None


def column_picked(call: Call, table: Tensor | None = None) -> Tensor | None:
    """Return the column that ``x[:, 1]`` takes of the values of a table: of ``x`` itself, or of a ``table``
    that is fed as ``x``.
    """
    if call.layer.class_name != "getitem" or len(call.input_tensors) != 1:
        return None
    made = (table or call.input_tensors[0]).producer
    key = call.layer.config.get("key")
    if made is None or made.layer.class_name != COLUMNS or not isinstance(key, tuple) or len(key) != 2:
        return None
    is_one = key[0] == slice(None) and type(key[1]) is int
    columns = made.input_tensors
    return columns[key[1]] if is_one and -len(columns) <= key[1] < len(columns) else None


def _places(call: Call) -> bool:
    if call.layer.class_name == COLUMN:
        source = call.input_tensors[0]
        return source.shape is not None and source.shape.rank == 1
    if call.layer.class_name == COLUMNS:
        return len(call.input_tensors) == 1
    if call.layer.class_name == "getitem":
        return _takes_rows(call)
    if call.layer.class_name == "cast" and "bool" in str(call.layer.config.get("dtype")):
        return False
    return call.layer.class_name in PLACING


def _takes_rows(call: Call) -> bool:
    """``y[:100]``, ``y[order]``; not ``y[y > 5]``, which may leave out a class."""
    key = call.layer.config.get("key")
    return all(map(_is_slice, key if isinstance(key, tuple) else (key,))) or _index(call) is not None


def _is_slice(part: Any) -> bool:
    return part is None or isinstance(part, slice | type(...))


def _index(call: Call) -> Tensor | None:
    """Return the array of whole numbers that picks the items; None for a mask, or for what may be one."""
    key = call.layer.config.get("key")
    inputs = call.input_tensors
    picked = inputs[key.index] if isinstance(key, Slot) and key.index < len(inputs) else None
    shape = picked.shape if isinstance(picked, Tensor) else None
    return picked if isinstance(shape, Shape) and not isinstance(shape, Mask) else None


def _picks_rows(call: Call | None) -> bool:
    """``np.eye(10)[y]``."""
    if call is None or call.layer.class_name != "getitem" or _index(call) is None:
        return False
    table = call.input_tensors[0]
    return table.producer is not None and table.producer.layer.class_name in TABLES
