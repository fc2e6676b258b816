"""Operations as calls of the graph: tensors apart from the other arguments, and together again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layoutlint.inference.inferred import Inferred
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Layer, Slot, Tensor, flatten, map_nested
from layoutlint.operations.bound_arguments import BoundArguments
from layoutlint.operations.catalogue import operations
from layoutlint.operations.lookup import find_saved
from layoutlint.operations.spec import UNKNOWN, Operation, OperationSpec


def infer(spec: OperationSpec | Operation, arguments: Mapping[str, Any]) -> Inferred:
    """Return the output shapes of an operation for bound arguments; never raises.

    Arguments hold a Shape for an array or a tensor, UNKNOWN for what may be anything, an Expression for an
    unknown number, and plain Python values. The outputs are a Shape, a list or tuple of them, or None.
    """
    operation = spec.operation if isinstance(spec, OperationSpec) else spec
    if operation.shape is None:
        return Inferred(None, reason=operation.why or f"{operation.name} does not return an array")
    try:
        return Inferred(operation.shape(BoundArguments(operation.name, arguments)))
    except ShapeError as error:
        return Inferred(None, error=error, reason=f"{operation.name} refuses this")
    except UndeterminedError as undetermined:
        return Inferred(None, reason=f"{operation.name}: {undetermined}")


def evaluate(spec: OperationSpec, arguments: Mapping[str, Any]) -> Any:
    """Return the Python value of an operation that gives one (``spec.operation.value``): a number
    or sizes.

    Raises UndeterminedError where it is not known or the operation gives an array, ShapeError for a wrong
    axis.
    """
    if spec.operation.value is None:
        raise UndeterminedError(f"{spec.name} returns an array")
    return spec.operation.value(BoundArguments(spec.name, arguments))


def separate(arguments: Mapping[str, Any]) -> tuple[dict[str, Any], list[Tensor]]:
    """Return the arguments with a Slot for every Tensor, and the tensors in order."""
    tensors: list[Tensor] = []

    def part(value: Any) -> Any:
        if isinstance(value, Tensor):
            tensors.append(value)
            return Slot(len(tensors) - 1)
        return _map(part, value)

    return {name: part(value) for name, value in arguments.items()}, tensors


def infer_layer(layer: Layer, inputs: Any, keywords: Mapping[str, Any]) -> Inferred:
    """Return the output shapes of a Layer of kind ``operation`` whose config holds Slots for
    ``inputs``.

    A layer under the name that a saved model gives the operation has no Slots: there ``inputs`` are its
    positional arguments, and ``keywords`` and its config the others.
    """
    operation = operations().get(layer.class_name)
    if operation is not None:
        shapes = [inputs] if inputs is None or isinstance(inputs, Shape) else list(flatten(inputs))
        return infer(operation, filled(layer.config, shapes))
    spec = find_saved(layer.class_name)
    if spec is None:
        return Inferred(None, reason=f"the operation {layer.class_name} is not known")
    positional = (
        list(inputs) if isinstance(inputs, list | tuple) and not isinstance(inputs, Shape) else [inputs]
    )
    try:
        return infer(spec, spec.bind(positional, {**layer.config, **keywords}))
    except ShapeError as error:
        return Inferred(None, error=error, reason=f"{spec.name} refuses this")
    except UndeterminedError as undetermined:
        return Inferred(None, reason=str(undetermined))


def _map(part: Any, value: Any) -> Any:
    """``part`` of every item of a container; other values as they are."""
    if isinstance(value, dict):
        return {key: part(item) for key, item in value.items()}
    if isinstance(value, list | tuple) and not isinstance(value, Shape):
        return type(value)([part(item) for item in value])
    if isinstance(value, slice):
        return slice(part(value.start), part(value.stop), part(value.step))
    return value


def filled(config: Mapping[str, Any], shapes: Sequence[Shape | None]) -> dict[str, Any]:
    """Return the arguments of an operation with each :class:`~layoutlint.model.graph.Slot` replaced by its
    tensor's shape.

    A tensor of unknown rank becomes ``operations.UNKNOWN``.
    """

    def part(value: Any) -> Any:
        if isinstance(value, Slot):
            shape = shapes[value.index] if value.index < len(shapes) else None
            return UNKNOWN if shape is None else shape
        if isinstance(value, slice):
            return slice(part(value.start), part(value.stop), part(value.step))
        return value

    return {name: map_nested(part, value) for name, value in config.items()}
