"""What all layers over spatial axes share: the axes' order, arguments, the arithmetic of a sliding window.

Axes: (batch, *spatial, channels), or (batch, channels, *spatial) for ``data_format="channels_first"``.
Window arithmetic: ``keras/src/ops/operation_utils.py``, ``compute_conv_output_shape``; arguments:
``keras/src/utils/argument_validation.py``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeAlias

from layoutlint.layers.spec import LayerArguments, ShapeFunction
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import (
    Expression,
    Size,
    add,
    ceil_divide,
    floor_divide,
    maximum,
    modulo,
    multiply,
    subtract,
    unknown_size,
)

SPATIAL_NAMES = {1: ("steps",), 2: ("height", "width"), 3: ("depth", "height", "width")}

Numbers: TypeAlias = "tuple[int | Expression, ...]"


def spatial_reads(
    rank: int, channels: str = "channels"
) -> Callable[[LayerArguments, Shape], tuple[str, ...]]:
    """Return the reading of a layer over ``rank`` spatial axes, in the order that ``data_format``
    says.

    Where the order is unknown, or the input has another number of axes, only the batch has a name.
    """
    spatial = SPATIAL_NAMES[rank]

    def reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
        if shape.rank != rank + 2 or isinstance(arguments["data_format"], Expression):
            return ("batch", "...") if shape.rank else ()
        return ("batch", channels, *spatial) if arguments.channels_first else ("batch", *spatial, channels)

    return reads


def split(arguments: LayerArguments, shape: Shape) -> tuple[Axis, list[Axis], Axis]:
    """Return the batch axis, the spatial axes and the channels axis of an input."""
    if arguments.channels_first:
        return shape[0], list(shape[2:]), shape[1]
    return shape[0], list(shape[1:-1]), shape[-1]


def joined(arguments: LayerArguments, batch: Axis, spatial: Sequence[Axis], channels: Axis) -> Shape:
    """Return the shape of these axes in the order that ``data_format`` says."""
    middle = (channels, *spatial) if arguments.channels_first else (*spatial, channels)
    return Shape((batch, *middle))


def rank_kept(shape_function: ShapeFunction) -> ShapeFunction:
    """For a layer whose output has as many axes as its input: those are known even if an argument is not."""

    @wraps(shape_function)
    def shaped(arguments: LayerArguments, shape: Shape) -> Shape:
        try:
            made: Shape = shape_function(arguments, shape)
        except UndeterminedError:
            return Shape((shape[0], *Shape.unknown(shape.rank)[1:]))
        return made

    return shaped


def refused(arguments: LayerArguments, name: str, value: Any, wanted: str) -> ShapeError:
    """Return the error for an argument that Keras refuses."""
    return ShapeError(ErrorKind.ARGUMENT, f"{arguments.class_name}: {name}={value!r} is not {wanted}")


def windows(
    arguments: LayerArguments, name: str, count: int, least: int = 1, *, floats: bool = False
) -> Numbers:
    """``count`` sizes of a window, one number standing for all, none below ``least``.

    As in Keras a bare float is refused, while one inside a tuple slips through: where only arithmetic is
    done with it (``floats=True``) it counts as its number; elsewhere it fails once a shape is made of it.
    """
    value = arguments[name]
    if isinstance(value, Expression):
        return arguments.sizes(name, count)
    return standardised(arguments, name, value, count, least, floats=floats)


_SEQUENCES = frozenset([list, tuple])
_INTEGERS = frozenset([int])


def standardised(
    arguments: LayerArguments, name: str, value: Any, count: int, least: int, *, floats: bool = False
) -> Numbers:
    """``value``, which may hold but not be a symbol, as ``count`` sizes: Keras's ``standardize_tuple``."""
    if type(value) is int and value >= least:
        return (value,) * count
    is_plain = type(value) in _SEQUENCES and len(value) == count and _INTEGERS.issuperset(map(type, value))
    if is_plain and min(value) >= least:
        return tuple(value)
    wanted = f"a tuple of {count} integers from {least}"
    values = (value,) * count if isinstance(value, int) else value
    if not isinstance(values, list | tuple) or len(values) != count:
        raise refused(arguments, name, value, wanted)
    numbers: list[int | Expression] = []
    for item in values:
        if isinstance(item, Expression):
            numbers.append(item)
        elif not isinstance(item, int if not floats else int | float) or item < least:
            raise refused(arguments, name, value, wanted)
        elif not math.isfinite(item) or item != int(item):
            raise UndeterminedError(f"{name}={value} is no whole number")
        else:
            numbers.append(int(item))
    return tuple(numbers)


def positive(arguments: LayerArguments, name: str) -> int | Expression:
    """Return one number of filters, groups, …: at least 1, and no float."""
    value = arguments[name]
    if isinstance(value, Expression):
        return value
    if not isinstance(value, int) or value < 1:
        raise refused(arguments, name, value, "a positive integer")
    return int(value)


def padding_mode(arguments: LayerArguments, modes: Sequence[str]) -> str | None:
    """Return the padding in lower case, None where it is unknown."""
    return None if isinstance(arguments["padding"], Expression) else arguments.choice("padding", modes)


def check_data_format(arguments: LayerArguments) -> None:
    """Raise ShapeError for a ``data_format`` that is none."""
    if not isinstance(arguments["data_format"], Expression):
        _ = arguments.channels_first


def slide(
    layer: str, size: Size, window: Size, stride: Size, padding: str | None, dilation: Size = 1
) -> Size:
    """Return the number of positions of a window along an axis; raises ShapeError where there is
    none.

    An unknown padding (None) gives an unknown number.
    """
    if size is None:
        return None
    if padding is None:
        return unknown_size()
    if padding in ("same", "causal"):
        return ceil_divide(size, stride)
    reach = _reach(window, dilation)
    room = subtract(size, reach)
    if isinstance(room, int) and room < 0:
        raise ShapeError(
            ErrorKind.WINDOW,
            f"{layer}: a window of {reach} does not fit on an axis of {size}",
            window=reach,
            size=size,
        )
    return add(floor_divide(room, stride), 1)


def spread(
    layer: str, size: Size, window: Size, stride: Size, padding: str | None, extra: Size, dilation: Size = 1
) -> Size:
    """Return the length that a transposed convolution makes of an axis; ``extra`` is its output padding or
    None.

    Source: ``keras/src/backend/common/backend_utils.py``, ``_get_output_shape_given_tf_padding``.
    """
    if size is None:
        return None
    if padding is None:
        return unknown_size()
    reach = _reach(window, dilation)
    if padding == "same" and extra is None:
        return multiply(size, stride)
    if extra is None:
        tail = maximum(reach, stride)
    else:
        tail = add(modulo(reach, 2) if padding == "same" else reach, extra)
    length = add(multiply(subtract(size, 1), stride), tail)
    if isinstance(length, int) and length < 0:
        raise ShapeError(ErrorKind.WINDOW, f"{layer} makes a negative length {length} of an axis of {size}")
    return length


def _reach(window: Size, dilation: Size) -> Size:
    return add(multiply(dilation, subtract(window, 1)), 1)
