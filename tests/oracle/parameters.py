"""Real Keras as the judge of what a layer learns and of the arguments that only the running program knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layoutlint.inference.layer_call import infer
from layoutlint.layers.registry import find
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import Expression, substitute, symbol
from tests.oracle.layers import keras, observe


def assert_weights_agree(
    class_name: str, arguments: Mapping[str, Any], sizes: tuple[int | None, ...]
) -> None:
    """Names and shapes of the weights are those of the layer that Keras builds for this input."""
    built = getattr(keras.layers, class_name)(**arguments)
    built(keras.Input(batch_shape=sizes))
    spec = find(class_name)
    assert spec is not None
    assert spec.weights is not None
    ours = spec.weights(LayerArguments(class_name, spec.bind((), arguments)), Shape.of(*sizes))
    assert ours == {weight.name: tuple(weight.shape) for weight in built.weights}


def assert_agrees_for_unknown_arguments(
    class_name: str, arguments: Mapping[str, Any], sizes: tuple[int | None, ...]
) -> None:
    """With symbols for the numbers among the arguments, no error is seen where Keras sees none.

    Expressions over these symbols give Keras's numbers when the numbers are put in again.
    """
    truth = observe(class_name, arguments, sizes)
    if truth.error is not None:
        return
    numbers: dict[Any, int] = {}

    def hidden(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(hidden(item) for item in value)
        if not isinstance(value, int) or isinstance(value, bool):
            return value
        expression = symbol(f"n{len(numbers)}")
        (only,) = expression.symbols()
        numbers[only] = value
        return expression

    spec = find(class_name)
    assert spec is not None
    config = spec.bind((), {name: hidden(value) for name, value in arguments.items()})
    ours = infer(Layer(spec.name, config, FileOrigin("test")), Shape.of(*sizes))
    assert ours.error is None, f"{class_name}({dict(arguments)}) on {sizes}: {ours.error}"
    if ours.outputs is None:
        return
    found = [substitute(size, numbers) for size in ours.outputs.sizes]
    assert len(found) == len(truth.shapes)
    for size, real in zip(found, truth.shapes, strict=True):
        assert isinstance(size, Expression) or size == real, (
            class_name,
            arguments,
            sizes,
            found,
            truth.shapes,
        )
