"""The highest value of an array of ids or labels, as a number that programs compute with: ``ids.max()``.

Two ways to write the highest value of the same array give the same symbol: what counts is the array, not the
text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from layoutlint.inference.labels import way
from layoutlint.inference.spans import highest_label, span_of
from layoutlint.layers.preprocessing import HIGHEST as HIGHEST_OF_LAYERS
from layoutlint.layers.spec import LayerArguments
from layoutlint.model import sizes
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Call, Slot, Tensor
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
    if (made := numbering(tensor)) is not None:
        return numbered(made)
    known = highest_label(tensor)
    return highest(tensor) if known is None else known


def numbering(tensor: Tensor) -> Call | None:
    """Return the call of the layer that numbers words or bins, if it makes the values of an array."""
    made = tensor.producer
    return made if made is not None and made.layer.class_name in HIGHEST_OF_LAYERS else None


def numbered(call: Call) -> Size:
    """Return the highest id that such a layer outputs; None where nobody can say."""
    arguments = LayerArguments(call.layer.class_name, call.layer.config)
    if arguments["output_mode"] != "int":
        return None
    try:
        return HIGHEST_OF_LAYERS[call.layer.class_name](arguments)
    except (ShapeError, UndeterminedError):
        return None


def number(tensor: Tensor) -> Size:
    """Return the number that an array without axes holds: ``ids.max() + 1``; None where nobody can say."""
    made = tensor.producer
    if tensor.shape is None or tensor.shape.rank or made is None or made.layer.kind != "operation":
        return None
    name, config = made.layer.class_name, made.layer.config
    if name in HIGHEST and config.get("axis") is None and len(made.input_tensors) == 1:
        span = span_of(made.input_tensors[0])
        return highest(made.input_tensors[0]) if span is None else span.highest
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
