"""Activations: every element by itself, or a softmax along axes; no shape changes.

Facts from ``keras/src/layers/activations``.
"""

from __future__ import annotations

from typing import Any

from layoutlint.layers.checks import axis_at, check_between, check_defined, known_axes
from layoutlint.layers.spec import LayerArguments, LayerSpec, Shapes, Weights, layer
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.sizes import Expression


def unchanged(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    """Return the shape function of a layer that changes none, whatever structure its inputs have."""
    return inputs


def elementwise(name: str, parameters: str, **details: Any) -> LayerSpec:
    """Return the entry of a layer that maps each tensor of its input to one of the same axes.

    Such a layer takes any structure of tensors: Keras gives back the same structure.
    """
    return layer(name, parameters, unchanged, many=True, keeps_axes=True, **details)


def _check_leaky_relu(arguments: LayerArguments) -> None:
    check_between(arguments, "negative_slope", 0)


def _check_relu(arguments: LayerArguments) -> None:
    check_between(arguments, "negative_slope", 0)
    check_between(arguments, "threshold", 0)
    if arguments["max_value"] is not None:
        check_between(arguments, "max_value", 0)


def _shared(arguments: LayerArguments, shape: Shape) -> list[Axis]:
    """Return the axes of PReLU's weight: the input's without the batch, each shared one with size 1."""
    axes = list(shape[1:])
    if arguments["shared_axes"] is None:
        return axes
    for index in known_axes(arguments, "shared_axes") or ():
        axis_at(arguments, Shape(axes), index - 1)
        axes[index - 1] = Axis(1)
    return axes


def _prelu(arguments: LayerArguments, shape: Shape) -> Shape:
    shared = arguments["shared_axes"]
    if isinstance(shared, Expression) or (
        shared is not None and known_axes(arguments, "shared_axes") is None
    ):
        return shape
    for axis in _shared(arguments, shape):
        check_defined(arguments, axis.size, "an axis that shared_axes does not name", shape)
    return shape


def _prelu_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    arguments.known("shared_axes")
    return {"alpha": tuple(axis.size for axis in _shared(arguments, shape))}


def _softmax_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    return reading_along(arguments, shape, "classes")


def reading_along(arguments: LayerArguments, shape: Shape, name: str) -> tuple[str, ...]:
    """Return the reading of a layer that works along the axes of its ``axis`` argument, each
    called ``name``.
    """
    value = arguments["axis"]
    axes = value if isinstance(value, list | tuple) else [value]
    names = ["batch", *(f"axis {index}" for index in range(1, shape.rank))][: shape.rank]
    for index in axes:
        if isinstance(index, int) and -shape.rank <= index < shape.rank:
            names[index] = name if len(axes) == 1 else f"{name} {index % shape.rank}"
    return tuple(names)


LAYERS: tuple[LayerSpec, ...] = (
    elementwise("Activation", "activation"),
    elementwise("ELU", "alpha=1.0"),
    elementwise("LeakyReLU", "negative_slope=0.3", check=_check_leaky_relu),
    elementwise("ReLU", "max_value=None, negative_slope=0.0, threshold=0.0", check=_check_relu),
    elementwise("Softmax", "axis=-1", reads=_softmax_reads),
    layer(
        "PReLU",
        "alpha_initializer='Zeros', alpha_regularizer=None, alpha_constraint=None, shared_axes=None",
        _prelu,
        keeps_axes=True,
        weights=_prelu_weights,
    ),
)

KERAS_2: tuple[LayerSpec, ...] = (elementwise("LeakyReLU", "negative_slope=0.3"),)
