"""Pooling: windows that slide along the spatial axes, each channel by itself; or whole axes as one window.

Facts from ``keras/src/layers/pooling``. Unlike convolutions, pooling takes its padding in lower case only and
refuses another one not when it is made but when it is called on symbolic tensors.
"""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from layoutlint.layers.spatial import (
    check_data_format,
    joined,
    rank_kept,
    refused,
    slide,
    spatial_reads,
    split,
    windows,
)
from layoutlint.layers.spec import LayerArguments, LayerSpec, layer, lower_case
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import SYMBOLIC_ONLY, ErrorKind, ShapeError
from layoutlint.model.sizes import Expression, Size, unknown_size

_PADDINGS = ("valid", "same")


def _reads_name(rank: int) -> str:
    return "features" if rank == 1 else "channels"


# A sliding window.


def _check_windows(rank: int, arguments: LayerArguments) -> None:
    windows(arguments, "pool_size", rank, floats=True)
    if arguments["strides"] is not None:
        windows(arguments, "strides", rank, 0, floats=True)
    check_data_format(arguments)


def _padding(arguments: LayerArguments) -> str | None:
    value = arguments["padding"]
    if isinstance(value, Expression):
        return None
    if value not in _PADDINGS:
        error = refused(arguments, "padding", value, "'valid' or 'same'")
        # arrays go to TensorFlow, which takes capitals
        error.facts[SYMBOLIC_ONLY] = lower_case(value) in _PADDINGS
        raise error
    return str(value)


@rank_kept
def _pooled(arguments: LayerArguments, shape: Shape) -> Shape:
    batch, spatial, channels = split(arguments, shape)
    padding = _padding(arguments)
    pools = windows(arguments, "pool_size", len(spatial), floats=True)
    strides = pools
    if isinstance(arguments["strides"], Expression):  # None would mean the pool size
        strides = tuple(unknown_size() for _ in spatial)
    elif arguments["strides"] is not None:
        strides = windows(arguments, "strides", len(spatial), 0, floats=True)
        if 0 in strides:
            raise refused(arguments, "strides", arguments["strides"], "positive")
    placed = [
        axis.sized(slide(arguments.class_name, axis.size, pool, stride, padding))
        for axis, pool, stride in zip(spatial, pools, strides, strict=True)
    ]
    return joined(arguments, batch, placed, channels)


def _default(rank: int) -> str:
    return f"={(2,) * rank if rank > 1 else 2}"


def _windowed(kind: str, short: str, default: str, rank: int) -> LayerSpec:
    return layer(
        f"{kind}{rank}D",
        f"pool_size{default}, strides=None, padding='valid', data_format=None, name=None",
        _pooled,
        reads=spatial_reads(rank, _reads_name(rank)),
        rank=rank + 2,
        check=partial(_check_windows, rank),
        aliases=(f"{short}{rank}D",),
    )


# The whole axis as one window.


def _pooled_away(arguments: LayerArguments, shape: Shape) -> Shape:
    batch, spatial, channels = split(arguments, shape)
    if arguments.flag("keepdims"):
        return joined(arguments, batch, [axis.sized(1) for axis in spatial], channels)
    return Shape((batch, channels))


def _global(kind: str, short: str, rank: int) -> LayerSpec:
    return layer(
        f"Global{kind}{rank}D",
        "data_format=None, keepdims=False",
        _pooled_away,
        reads=spatial_reads(rank, _reads_name(rank)),
        rank=rank + 2,
        check=check_data_format,
        aliases=(f"Global{short}{rank}D",),
    )


# Windows fitted to a wanted output size.


def _output_sizes(rank: int, arguments: LayerArguments) -> tuple[Size, ...]:
    value = arguments["output_size"]
    if isinstance(value, Expression):
        return arguments.sizes("output_size", rank)
    sizes = (value,) * rank if isinstance(value, int) else value
    if not isinstance(sizes, list | tuple) or len(sizes) != rank:
        raise refused(arguments, "output_size", value, f"a number or {rank} numbers")
    return tuple(int(size) if isinstance(size, bool) else size for size in sizes)


def _check_adaptive(rank: int, arguments: LayerArguments) -> None:
    _output_sizes(rank, arguments)
    data_format = arguments["data_format"]
    if not isinstance(data_format, Expression) and (data_format or "channels_last") not in (
        "channels_first",
        "channels_last",
    ):
        raise refused(arguments, "data_format", data_format, "'channels_first' or 'channels_last'")


def _adapted(rank: int, arguments: LayerArguments, shape: Shape | None) -> Shape:
    """As Keras has it, for an input of any rank: all between the batch and the channels is replaced."""
    shape = Shape.unknown(rank + 2) if shape is None else shape
    if shape.rank < (2 if arguments.channels_first else 1):
        raise ShapeError(
            ErrorKind.RANK,
            f"{arguments.class_name}: expected ndim={rank + 2}, found ndim={shape.rank}",
            expected=rank + 2,
            found=shape.rank,
        )
    batch, spatial, channels = split(arguments, shape)
    sizes = _output_sizes(rank, arguments)
    for size in sizes:
        if isinstance(size, int) and size < 0:
            raise ShapeError(ErrorKind.WINDOW, f"{arguments.class_name}: output_size={size} is negative")
        if size is not None and not isinstance(size, int | Expression):
            raise refused(arguments, "output_size", size, "a number")
    axes = spatial if len(spatial) == rank else [Axis(None)] * rank
    return joined(
        arguments, batch, [axis.sized(size) for axis, size in zip(axes, sizes, strict=True)], channels
    )


def _adaptive(kind: str, rank: int) -> LayerSpec:
    return layer(
        f"Adaptive{kind}Pooling{rank}D",
        "output_size, data_format=None",
        partial(_adapted, rank),
        reads=spatial_reads(rank, _reads_name(rank)),
        takes_unknown=True,
        check=partial(_check_adaptive, rank),
    )


LAYERS: tuple[LayerSpec, ...] = tuple(
    spec
    for rank in (1, 2, 3)
    for spec in (
        _windowed("MaxPooling", "MaxPool", _default(rank), rank),
        _windowed("AveragePooling", "AvgPool", "", rank),
        _global("MaxPooling", "MaxPool", rank),
        _global("AveragePooling", "AvgPool", rank),
        _adaptive("Max", rank),
        _adaptive("Average", rank),
    )
)

KERAS_2: tuple[LayerSpec, ...] = tuple(
    replace(_windowed(kind, short, _default(rank), rank), converts={"padding": lower_case})
    for rank in (1, 2, 3)
    for kind, short in (("MaxPooling", "MaxPool"), ("AveragePooling", "AvgPool"))
)
