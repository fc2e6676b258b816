"""The highest value of an array of ids or labels, as a number that programs compute with: ``ids.max()``.

Two ways to write the highest value of the same array give the same symbol: what counts is the array, not the
text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from layoutlint.inference.labels import COLUMN, labels_of, way
from layoutlint.inference.spans import highest_label, span_of
from layoutlint.layers.preprocessing import HIGHEST as HIGHEST_OF_LAYERS
from layoutlint.layers.spec import LayerArguments
from layoutlint.model import sizes
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Call, Slot, Tensor
from layoutlint.model.sizes import Expression, Size

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


def exact_highest(tensor: Tensor) -> Size:
    """Return the highest value of an array as programs compute with it: ``ids.max()``."""
    if (span := span_of(tensor)) is not None:
        return span.highest
    labels = labels_of(tensor)
    return highest(tensor) if labels is None or labels.count is None else sizes.subtract(labels.count, 1)


def highest_id(tensor: Tensor) -> Size:
    """Return the highest id of an array of ids: a number where it is known, else with a symbol for it."""
    if (made := numbering(tensor)) is not None:
        return numbered(made)
    if (known := highest_label(tensor)) is not None:
        return known
    if (labels := labels_of(tensor)) is not None and labels.count is not None:
        return sizes.subtract(labels.count, 1)
    *_, root = way(tensor)
    return highest(tensor) if (computed := _computed(root)) is None else computed


def _computed(root: Tensor) -> Size:
    """Return the highest id of ``codes + 1``, ``ids - 1``; None for what is not computed so."""
    made = root.producer
    if made is None or made.layer.class_name not in ("add", "subtract") or len(made.input_tensors) != 1:
        return None
    match made.layer.config.get("x1"), made.layer.config.get("x2"):
        case Slot(), int() as by:
            return ARITHMETIC[made.layer.class_name](highest_id(made.input_tensors[0]), by)
        case int() as by, Slot() if made.layer.class_name == "add":
            return sizes.add(highest_id(made.input_tensors[0]), by)
        case _:
            return None


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
        return exact_highest(made.input_tensors[0])
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
