"""Convolutions: windows that slide along the spatial axes and sum over the channels.

Facts from the Keras documentation of ``keras.layers.Conv1D`` … and from ``keras/src/layers/convolutional``.
"""

from __future__ import annotations

from layoutlint.axes import Axis, Shape
from layoutlint.errors import ErrorKind, ShapeError
from layoutlint.layers.spatial import joined, slide, spatial_reads, split
from layoutlint.layers.spec import Arguments, LayerSpec, Weights, layer
from layoutlint.sizes import Size, floor_divide, modulo

_COMMON = (
    "activation=None, use_bias=True, kernel_initializer='glorot_uniform', bias_initializer='zeros', "
    "kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, "
    "bias_constraint=None"
)


def _check_groups(arguments: Arguments, what: str, size: Size) -> None:
    groups = arguments.size("groups")
    rest = modulo(size, groups)
    if isinstance(rest, int) and rest != 0:
        message = f"{arguments.class_name}: groups={groups} does not divide {what}={size}"
        raise ShapeError(ErrorKind.DIVISIBILITY, message)


def _check(arguments: Arguments) -> None:
    _check_groups(arguments, "filters", arguments.size("filters"))


def _convolution(arguments: Arguments, shape: Shape) -> Shape:
    batch, spatial, channels = split(arguments, shape)
    count = len(spatial)
    if channels.size is None:
        raise ShapeError(
            ErrorKind.UNDEFINED,
            f"{arguments.class_name}: the channel axis of the input must be defined, got {shape}",
        )
    _check_groups(arguments, "input_dim", channels.size)
    padding = arguments.choice("padding", ("valid", "same", "causal") if count == 1 else ("valid", "same"))
    windows = arguments.sizes("kernel_size", count)
    strides = arguments.sizes("strides", count)
    dilations = arguments.sizes("dilation_rate", count)
    placed = [
        axis.sized(slide(arguments.class_name, axis.size, window, stride, padding, dilation))
        for axis, window, stride, dilation in zip(spatial, windows, strides, dilations, strict=True)
    ]
    return joined(arguments, batch, placed, Axis(arguments.size("filters"), "channels"))


def _convolution_weights(arguments: Arguments, shape: Shape) -> Weights:
    _, spatial, channels = split(arguments, shape)
    filters = arguments.size("filters")
    depth = floor_divide(channels.size, arguments.size("groups"))
    weights: Weights = {"kernel": (*arguments.sizes("kernel_size", len(spatial)), depth, filters)}
    if arguments.flag("use_bias"):
        weights["bias"] = (filters,)
    return weights


def _conv(rank: int) -> LayerSpec:
    unit = repr((1,) * rank) if rank > 1 else "1"
    return layer(
        f"Conv{rank}D",
        f"filters, kernel_size, strides={unit}, padding='valid', data_format=None, dilation_rate={unit}, groups=1, "
        + _COMMON,
        _convolution,
        reads=spatial_reads(rank, "input_dim" if rank == 1 else "channels"),
        min_rank=rank + 2,
        rank=rank + 2,
        weights=_convolution_weights,
        check=_check,
        aliases=(f"Convolution{rank}D",),
    )


LAYERS: tuple[LayerSpec, ...] = tuple(_conv(rank) for rank in (1, 2, 3))
