"""What all layers over spatial axes share: their axes' order, and the arithmetic of a sliding window.

Axes: (batch, *spatial, channels), or (batch, channels, *spatial) for ``data_format="channels_first"``.
Window arithmetic: ``keras/src/ops/operation_utils.py``, ``compute_conv_output_shape``.
"""

from __future__ import annotations

from collections.abc import Callable

from layoutlint.axes import Axis, Shape
from layoutlint.errors import ErrorKind, ShapeError
from layoutlint.layers.spec import Arguments
from layoutlint.sizes import Size, add, ceil_divide, floor_divide, multiply, subtract

SPATIAL_NAMES = {1: ("steps",), 2: ("height", "width"), 3: ("depth", "height", "width")}


def spatial_reads(rank: int, channels: str = "channels") -> Callable[[Arguments, Shape], tuple[str, ...]]:
    """The reading of a layer over ``rank`` spatial axes, in the order that ``data_format`` says."""
    spatial = SPATIAL_NAMES[rank]

    def reads(arguments: Arguments, shape: Shape) -> tuple[str, ...]:
        return ("batch", channels, *spatial) if arguments.channels_first else ("batch", *spatial, channels)

    return reads


def split(arguments: Arguments, shape: Shape) -> tuple[Axis, list[Axis], Axis]:
    """The batch axis, the spatial axes and the channels axis of an input."""
    if arguments.channels_first:
        return shape[0], list(shape[2:]), shape[1]
    return shape[0], list(shape[1:-1]), shape[-1]


def joined(arguments: Arguments, batch: Axis, spatial: list[Axis], channels: Axis) -> Shape:
    """The shape of these axes in the order that ``data_format`` says."""
    middle = (channels, *spatial) if arguments.channels_first else (*spatial, channels)
    return Shape((batch, *middle))


def slide(layer: str, size: Size, window: Size, stride: Size, padding: str, dilation: Size = 1) -> Size:
    """The number of places of a window along an axis; raises ShapeError where there is none."""
    if padding in ("same", "causal"):
        return ceil_divide(size, stride)
    reach = add(multiply(dilation, subtract(window, 1)), 1)
    places = add(floor_divide(subtract(size, reach), stride), 1)
    if isinstance(places, int) and places <= 0:
        raise ShapeError(
            ErrorKind.WINDOW,
            f"{layer} has no place for a window of {reach} on an axis of {size}",
            window=reach,
            size=size,
        )
    return places
