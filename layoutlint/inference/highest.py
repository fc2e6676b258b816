"""The highest value of an array of ids or labels, as a number that programs compute with: ``ids.max()``.

Two ways to write the highest value of the same array give the same symbol: what counts is the array, not the
text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from layoutlint.inference.labels import MAX_WAY, PLACING, labels_of, way
from layoutlint.model import sizes
from layoutlint.model.graph import Slot, Tensor, flatten
from layoutlint.model.sizes import Expression, Size

COLUMN: Final = "column"
"""The operation that stands in the graph for a column of a table, with its name as the key."""
HIGHEST: Final = ("max", "amax")
ARITHMETIC: Final[Mapping[str, Callable[[Size, Size], Size]]] = {
    "add": sizes.add,
    "subtract": sizes.subtract,
    "multiply": sizes.multiply,
}


def highest(tensor: Tensor) -> Expression:
    """Return the highest value of an array that is not computed with: the same symbol for the same array."""
    *_, root = way(tensor)
    made = root.producer
    if made is not None and made.layer.class_name == COLUMN:
        source = made.input_tensors[0]
        key = str(made.layer.config["key"])
        return sizes.lasting_symbol(f"{key}.max()", id(source), f"max of {key}", root.origin)
    return sizes.lasting_symbol(f"{root.name or 'x'}.max()", id(root), "max", root.origin)


def highest_id(tensor: Tensor) -> Size:
    """Return the highest value of an array of ids: a number where it is known, else its symbol."""
    labels = labels_of(tensor)
    if labels is not None and labels.count is not None:
        return labels.count - 1
    written = _written(tensor)
    return highest(tensor) if written is None else written


def _written(tensor: Tensor, depth: int = MAX_WAY) -> int | None:
    """Return the highest of numbers that the program writes down or counts: ``np.arange(1, 501)``, ``[3,
    1]``.
    """
    made = tensor.producer
    if made is None or made.layer.kind != "operation" or not depth:
        return None
    name, config = made.layer.class_name, made.layer.config
    if name == "arange":
        return _counted(config.get("start"), config.get("stop"), config.get("step"))
    if name == "array" and not made.input_tensors:
        numbers = list(flatten(config.get("x")))
        whole = numbers and all(isinstance(one, int) and not isinstance(one, bool) for one in numbers)
        return max(numbers) if whole and min(numbers) >= 0 else None
    if len(made.input_tensors) != 1:
        return None
    before = _written(made.input_tensors[0], depth - 1)
    if before is None or name in PLACING:
        return before if name in PLACING and "bool" not in str(config.get("dtype")) else None
    more = config.get("x2")
    if name not in ("add", "subtract") or not isinstance(config.get("x1"), Slot):
        return None
    return before + (more if name == "add" else -more) if isinstance(more, int) else None


def _counted(start: Any, stop: Any, step: Any) -> int | None:
    """Return the last number of a range, where it counts upwards from a number that is none below 0."""
    if stop is None:
        start, stop = 0, start
    if not all(isinstance(bound, int) for bound in (start, stop, step)) or step < 1 or not 0 <= start < stop:
        return None
    return int(start + (stop - start - 1) // step * step)


def number(tensor: Tensor) -> Size:
    """Return the number that an array without axes holds: ``ids.max() + 1``; None where nobody can say."""
    made = tensor.producer
    if tensor.shape is None or tensor.shape.rank or made is None or made.layer.kind != "operation":
        return None
    name, config = made.layer.class_name, made.layer.config
    if name in HIGHEST and config.get("axis") is None and len(made.input_tensors) == 1:
        written = _written(made.input_tensors[0])
        return highest(made.input_tensors[0]) if written is None else written
    if name in ("cast", "array", "identity") and made.input_tensors:
        return number(made.input_tensors[0])
    compute = ARITHMETIC.get(name)
    if compute is None:
        return None
    operands = [_operand(config.get(part), made.input_tensors) for part in ("x1", "x2")]
    if any(operand is None for operand in operands):
        return None
    return compute(*operands)


def _operand(value: Any, tensors: list[Tensor]) -> Size:
    if isinstance(value, Slot):
        return number(tensors[value.index]) if value.index < len(tensors) else None
    return value if isinstance(value, int | Expression) and not isinstance(value, bool) else None
