"""Convolutions: windows that slide along the spatial axes and sum over the channels.

Facts from the Keras documentation of ``keras.layers.Conv1D`` … and from ``keras/src/layers/convolutional``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace

from layoutlint.layers.spatial import (
    check_data_format,
    joined,
    padding_mode,
    positive,
    rank_kept,
    refused,
    slide,
    spatial_reads,
    split,
    spread,
    standardised,
    windows,
)
from layoutlint.layers.spec import LayerArguments, LayerSpec, Weights, layer, lower_case, whole
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.sizes import Expression, Size, floor_divide, modulo, multiply, unknown_size

_PLAIN = ("valid", "same")
_CAUSAL = (*_PLAIN, "causal")

_KERNEL = (
    "activation=None, use_bias=True, kernel_initializer='glorot_uniform', bias_initializer='zeros', "
    "kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, "
    "bias_constraint=None"
)
_DEPTHWISE = _KERNEL.replace("kernel_", "depthwise_")
_SEPARABLE = (
    "activation=None, use_bias=True, depthwise_initializer='glorot_uniform', "
    "pointwise_initializer='glorot_uniform', bias_initializer='zeros', depthwise_regularizer=None, "
    "pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
    "depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None"
)

ChannelsOut = Callable[[LayerArguments, Axis], Axis]


# What Keras refuses when the layer is made, in its order.


def _check_windows(
    rank: int, paddings: Sequence[str], counts: Sequence[str], arguments: LayerArguments
) -> None:
    for name in ("kernel_size", "strides", "dilation_rate"):
        windows(arguments, name, rank, floats=name != "kernel_size")
    padding_mode(arguments, paddings)
    check_data_format(arguments)
    for name in counts:
        positive(arguments, name)


def _check_strides_or_dilation(rank: int, arguments: LayerArguments) -> None:
    slides = [windows(arguments, name, rank, floats=True) for name in ("strides", "dilation_rate")]
    if all(any(isinstance(step, int) and step > 1 for step in steps) for steps in slides):
        raise ShapeError(
            ErrorKind.ARGUMENT,
            f"{arguments.class_name}: strides > 1 not supported in conjunction with dilation_rate > 1",
        )


def _check_convolution(rank: int, arguments: LayerArguments) -> None:
    _check_windows(rank, _CAUSAL if rank == 1 else _PLAIN, ("filters", "groups"), arguments)
    _check_groups(arguments, "filters", positive(arguments, "filters"))
    _check_strides_or_dilation(rank, arguments)


def _check_transposed(rank: int, arguments: LayerArguments) -> None:
    _check_windows(rank, _PLAIN, ("filters",), arguments)
    value = arguments["output_padding"]
    if value is not None and not isinstance(value, Expression):
        extras = standardised(arguments, "output_padding", value, rank, 0)
        for extra, stride in zip(extras, windows(arguments, "strides", rank), strict=True):
            if isinstance(extra, int) and isinstance(stride, int) and extra >= stride:
                raise refused(arguments, "output_padding", value, f"less than strides={stride}")
    _check_strides_or_dilation(rank, arguments)


def _check_groups(arguments: LayerArguments, what: str, size: Size) -> None:
    groups = positive(arguments, "groups")
    rest = modulo(size, groups)
    if isinstance(rest, int) and rest != 0:
        message = f"{arguments.class_name}: groups={groups} does not divide {what}={size}"
        raise ShapeError(ErrorKind.DIVISIBILITY, message)


# Shapes.


def _known_channels(arguments: LayerArguments, shape: Shape) -> tuple[Axis, list[Axis], Axis]:
    batch, spatial, channels = split(arguments, shape)
    if channels.size is None:
        raise ShapeError(
            ErrorKind.UNDEFINED,
            f"{arguments.class_name}: the channel axis of the input must be defined, got {shape}",
        )
    return batch, spatial, channels


def _filters(arguments: LayerArguments, _: Axis) -> Axis:
    return Axis(positive(arguments, "filters"), "channels")


def _grouped_filters(arguments: LayerArguments, channels: Axis) -> Axis:
    _check_groups(arguments, "input_dim", channels.size)
    return _filters(arguments, channels)


def _multiplied(arguments: LayerArguments, channels: Axis) -> Axis:
    return channels.sized(multiply(channels.size, positive(arguments, "depth_multiplier")))


def _slid(
    rank: int, channels_out: ChannelsOut, paddings: Sequence[str], arguments: LayerArguments, shape: Shape
) -> Shape:
    batch, spatial, channels = _known_channels(arguments, shape)
    made = channels_out(arguments, channels)
    padding = padding_mode(arguments, paddings)
    kernel = windows(arguments, "kernel_size", rank)
    strides = windows(arguments, "strides", rank, floats=True)
    dilations = windows(arguments, "dilation_rate", rank, floats=True)
    placed = [
        axis.sized(slide(arguments.class_name, axis.size, window, stride, padding, dilation))
        for axis, window, stride, dilation in zip(spatial, kernel, strides, dilations, strict=True)
    ]
    return joined(arguments, batch, placed, made)


def _spread(rank: int, arguments: LayerArguments, shape: Shape) -> Shape:
    batch, spatial, _ = _known_channels(arguments, shape)
    padding = padding_mode(arguments, _PLAIN)
    kernel = windows(arguments, "kernel_size", rank)
    strides = windows(arguments, "strides", rank)
    dilations = windows(arguments, "dilation_rate", rank)
    value = arguments["output_padding"]
    if value is None:
        extras: tuple[Size, ...] = (None,) * rank
    elif isinstance(value, Expression):  # a number, a tuple or None: nobody knows
        return joined(arguments, batch, [_unknown(axis) for axis in spatial], _filters(arguments, shape[0]))
    else:
        extras = standardised(arguments, "output_padding", value, rank, 0)
    made = [
        axis.sized(spread(arguments.class_name, axis.size, window, stride, padding, extra, dilation))
        for axis, window, stride, extra, dilation in zip(
            spatial, kernel, strides, extras, dilations, strict=True
        )
    ]
    return joined(arguments, batch, made, _filters(arguments, shape[0]))


def _unknown(axis: Axis) -> Axis:
    return axis if axis.size is None else axis.sized(unknown_size())


# Weights, by Keras's names and in its order of axes.


def _with_bias(arguments: LayerArguments, weights: Weights, size: Size) -> Weights:
    return {**weights, "bias": (size,)} if arguments.flag("use_bias") else weights


def _convolution_weights(rank: int, arguments: LayerArguments, shape: Shape) -> Weights:
    """``kernel``: (*kernel_size, input_dim // groups, filters)."""
    _, _, channels = split(arguments, shape)
    filters = positive(arguments, "filters")
    kernel = windows(arguments, "kernel_size", rank)
    depth = floor_divide(channels.size, positive(arguments, "groups"))
    weights = _with_bias(arguments, {"kernel": (*kernel, depth, filters)}, filters)
    if arguments["lora_rank"]:
        adapted = positive(arguments, "lora_rank")
        weights |= {"lora_kernel_a": (*kernel, depth, adapted), "lora_kernel_b": (adapted, filters)}
    return weights


def _transposed_weights(rank: int, arguments: LayerArguments, shape: Shape) -> Weights:
    """``kernel``: (*kernel_size, filters, input_dim): the last two axes stand the other way round."""
    _, _, channels = split(arguments, shape)
    filters = positive(arguments, "filters")
    kernel = (*windows(arguments, "kernel_size", rank), filters, channels.size)
    return _with_bias(arguments, {"kernel": kernel}, filters)


def _depthwise_weights(rank: int, arguments: LayerArguments, shape: Shape) -> Weights:
    """``kernel``: (*kernel_size, input_dim, depth_multiplier)."""
    _, _, channels = split(arguments, shape)
    multiplier = positive(arguments, "depth_multiplier")
    kernel = (*windows(arguments, "kernel_size", rank), channels.size, multiplier)
    return _with_bias(arguments, {"kernel": kernel}, multiply(channels.size, multiplier))


def _separable_weights(rank: int, arguments: LayerArguments, shape: Shape) -> Weights:
    """``depthwise_kernel`` as above; ``pointwise_kernel``: (1, …, the depthwise channels, filters)."""
    _, _, channels = split(arguments, shape)
    multiplier = positive(arguments, "depth_multiplier")
    filters = positive(arguments, "filters")
    weights: Weights = {
        "depthwise_kernel": (*windows(arguments, "kernel_size", rank), channels.size, multiplier),
        "pointwise_kernel": (*(1,) * rank, multiply(channels.size, multiplier), filters),
    }
    return _with_bias(arguments, weights, filters)


# The table.


def _unit(rank: int) -> str:
    return repr((1,) * rank) if rank > 1 else "1"


def _entry(name: str, rank: int, parameters: str, **details: object) -> LayerSpec:
    shape = details.pop("shape")
    assert callable(shape)
    return layer(
        name,
        parameters,
        rank_kept(shape),
        reads=spatial_reads(rank, "input_dim" if rank == 1 else "channels"),
        rank=rank + 2,
        min_rank=rank + 2,
        **details,
    )


def _convolution(rank: int) -> LayerSpec:
    unit = _unit(rank)
    return _entry(
        f"Conv{rank}D",
        rank,
        f"filters, kernel_size, strides={unit}, padding='valid', data_format=None, dilation_rate={unit}, "
        f"groups=1, {_KERNEL}",
        shape=partial(_slid, rank, _grouped_filters, _CAUSAL if rank == 1 else _PLAIN),
        weights=partial(_convolution_weights, rank),
        check=partial(_check_convolution, rank),
        accepts=("lora_rank", "lora_alpha"),
        aliases=(f"Convolution{rank}D",),
    )


def _transposed(rank: int) -> LayerSpec:
    unit = _unit(rank)
    # Conv3DTranspose has the two arguments the other way round.
    formats = ("output_padding=None", "data_format=None")
    return _entry(
        f"Conv{rank}DTranspose",
        rank,
        f"filters, kernel_size, strides={unit}, padding='valid', "
        f"{', '.join(formats if rank < 3 else formats[::-1])}, dilation_rate={unit}, {_KERNEL}",
        shape=partial(_spread, rank),
        weights=partial(_transposed_weights, rank),
        check=partial(_check_transposed, rank),
        aliases=(f"Convolution{rank}DTranspose",),
    )


def _depthwise(rank: int) -> LayerSpec:
    unit = _unit(rank)
    return _entry(
        f"DepthwiseConv{rank}D",
        rank,
        f"kernel_size, strides={unit}, padding='valid', depth_multiplier=1, data_format=None, "
        f"dilation_rate={unit}, {_DEPTHWISE}",
        shape=partial(_slid, rank, _multiplied, _PLAIN),
        weights=partial(_depthwise_weights, rank),
        check=partial(_check_windows, rank, _PLAIN, ("depth_multiplier",)),
    )


def _separable(rank: int) -> LayerSpec:
    unit = _unit(rank)
    return _entry(
        f"SeparableConv{rank}D",
        rank,
        f"filters, kernel_size, strides={unit}, padding='valid', data_format=None, dilation_rate={unit}, "
        f"depth_multiplier=1, {_SEPARABLE}",
        shape=partial(_slid, rank, _filters, _PLAIN),
        weights=partial(_separable_weights, rank),
        check=partial(_check_windows, rank, _PLAIN, ("depth_multiplier", "filters")),
        aliases=(f"SeparableConvolution{rank}D",),
    )


LAYERS: tuple[LayerSpec, ...] = (
    *(_convolution(rank) for rank in (1, 2, 3)),
    *(_transposed(rank) for rank in (1, 2, 3)),
    *(_depthwise(rank) for rank in (1, 2)),
    *(_separable(rank) for rank in (1, 2)),
)


# Keras 2.


def _over_rows(rank: int, spec: LayerSpec) -> LayerSpec:
    """Return the entry of a convolution that takes further axes behind the batch: each row of them is
    convolved.

    Source: ``tf_keras/src/layers/convolutional/base_conv.py``, ``Conv.compute_output_shape``.
    """
    shape_of_row, weights_of_row = spec.shape, spec.weights
    names_of_row = spatial_reads(rank, "input_dim" if rank == 1 else "channels")
    assert shape_of_row is not None
    assert weights_of_row is not None

    def row(shape: Shape) -> Shape:
        return Shape(shape[max(shape.rank - rank - 2, 0) :])

    def shaped(arguments: LayerArguments, shape: Shape) -> Shape:
        return Shape((*shape[: max(shape.rank - rank - 2, 0)], *shape_of_row(arguments, row(shape))))

    def weights(arguments: LayerArguments, shape: Shape) -> Weights:
        return weights_of_row(arguments, row(shape))

    def reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
        names = names_of_row(arguments, row(shape))
        return names if shape.rank <= rank + 2 else ("batch", "...", *names[1:])

    return replace(spec, takes_rows=True, shape=shaped, weights=weights, reads=reads)


def _check_keras_2(rank: int, spec: LayerSpec, arguments: LayerArguments) -> None:
    assert spec.check is not None
    spec.check(arguments)
    _check_strides_or_dilation(rank, arguments)


def _separate(rank: int, spec: LayerSpec) -> LayerSpec:
    """Return a convolution of each channel by itself, whose strides Keras 2 does not take together with
    dilation.
    """
    return replace(spec, check=partial(_check_keras_2, rank, spec), stricter=True)


_BY_WHOLE_NUMBERS = {"filters": whole, "padding": lower_case}

KERAS_2: tuple[LayerSpec, ...] = (
    *(replace(_over_rows(rank, _convolution(rank)), converts=_BY_WHOLE_NUMBERS) for rank in (1, 2, 3)),
    *(replace(_transposed(rank), converts=_BY_WHOLE_NUMBERS) for rank in (1, 2, 3)),
    *(
        replace(
            _separate(rank, _depthwise(rank)),
            accepts=("kernel_initializer", "kernel_regularizer", "kernel_constraint"),
        )
        for rank in (1, 2)
    ),
    *(replace(_separate(rank, _separable(rank)), converts=_BY_WHOLE_NUMBERS) for rank in (1, 2)),
)
