"""Reshaping: layers that rearrange, repeat, pad or cut axes and learn nothing.

Facts from ``keras/src/layers/reshaping`` and, for Reshape, from ``compute_reshape_output_shape`` in
``keras/src/ops/operation_utils.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from msgspec.structs import replace

from layoutlint.layers.spatial import (
    check_data_format,
    joined,
    rank_kept,
    refused,
    spatial_reads,
    split,
    standardised,
    windows,
)
from layoutlint.layers.spec import LayerArguments, LayerSpec, layer, whole
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.sizes import (
    Expression,
    Size,
    add,
    equal,
    floor_divide,
    modulo,
    multiply,
    product,
    subtract,
    unknown_size,
)

# Flatten and Reshape.


def surviving(old: Sequence[Axis], new: Sequence[Size]) -> list[Axis]:
    """Return the axes of sizes ``new`` into which a row-major reshape turns ``old`` (no batch in
    either).

    An axis that comes out of the reshape as it went in keeps its role and evidence. Those are: equal sizes
    from the front, equal sizes from the back, and what is left between if it is one axis on either side; axes
    of 1 may come and go.
    """
    made = [Axis(size) for size in new]
    if any(size == 0 for size in (*new, *(axis.size for axis in old))):
        return made  # no element says which axis is which
    left = [index for index, axis in enumerate(old) if axis.size != 1]
    wanted = [index for index, size in enumerate(new) if size != 1]
    pairs: list[tuple[int, int]] = []
    for end in (0, -1):
        while left and wanted and equal(old[left[end]].size, new[wanted[end]]):
            pairs.append((left.pop(end), wanted.pop(end)))
    if len(left) == len(wanted) == 1:
        pairs.append((left[0], wanted[0]))
    for index, (axis, size) in enumerate(zip(old, new, strict=False)):
        if axis.size != 1 or size != 1:
            if (index, index) not in pairs:
                break  # from here on an axis of 1 may be another one
        else:
            pairs.append((index, index))
    for before, after in pairs:
        made[after] = old[before].sized(new[after])
    return made


def _flattened(arguments: LayerArguments, shape: Shape | None) -> Shape:
    """(batch, product of all the rest). ``data_format`` moves elements and changes no shape."""
    if shape is None:
        return Shape((Axis(None), Axis(unknown_size(), "features")))
    sizes = [axis.size for axis in shape[1:]]
    size = None if None in sizes else product(sizes)
    (axis,) = surviving(shape[1:], [size])
    return Shape((shape[0], axis if axis.role else Axis(size, "features", axis.evidence)))


def _target(arguments: LayerArguments) -> list[Size]:
    """Return a size, -1 or None for each axis of the target; as in Keras whatever is no integer counts as
    None.
    """
    value = arguments.known("target_shape")
    if not isinstance(value, list | tuple):
        raise refused(arguments, "target_shape", value, "a tuple")
    return [int(v) if isinstance(v, int) else v if isinstance(v, Expression) else None for v in value]


def _check_target(arguments: LayerArguments) -> None:
    if isinstance(arguments["target_shape"], Expression):
        return
    target = _target(arguments)
    if any(isinstance(size, int) and size < -1 for size in target) or target.count(-1) > 1:
        raise refused(
            arguments, "target_shape", arguments["target_shape"], "a shape with at most one unknown size (-1)"
        )


def _reshaped(arguments: LayerArguments, shape: Shape | None) -> Shape:
    target = _target(arguments)
    if shape is None:
        rest = None if None in target else unknown_size()
        return Shape.of(None, *(rest if size == -1 else size for size in target))
    if shape.rank == 0:
        raise ShapeError(ErrorKind.RANK, "Reshape: expected min_ndim=1, found ndim=0", expected=1, found=0)
    return Shape((shape[0], *surviving(shape[1:], _resolved(shape, target))))


def _resolved(shape: Shape, target: list[Size]) -> list[Size]:
    """Return the target with its -1 worked out: a free size where any size of the input or the target is
    free.
    """
    total = product([axis.size for axis in shape[1:]])
    known = product([size for size in target if size != -1])
    if -1 in target:
        rest = modulo(total, known)
        misfits = total is not None and (known == 0 or (isinstance(rest, int) and rest != 0))
    else:
        misfits = equal(total, known) is False
    if misfits:
        raise ShapeError(
            ErrorKind.COUNT,
            "Reshape: the total size of the tensor must be unchanged. "
            f"Received: input_shape={Shape(shape[1:])}, target_shape={Shape.of(*target)}",
            total=total,
            target=known,
        )
    return [floor_divide(total, known) if size == -1 else size for size in target]


# Permute and RepeatVector.


def _dims(arguments: LayerArguments) -> list[int | Expression]:
    value = arguments.known("dims")
    if not isinstance(value, list | tuple) or not all(isinstance(dim, int | Expression) for dim in value):
        raise refused(arguments, "dims", value, "a tuple of integers")
    return [dim if isinstance(dim, Expression) else int(dim) for dim in value]


def _check_dims(arguments: LayerArguments) -> None:
    if isinstance(arguments["dims"], Expression):
        return
    dims = _dims(arguments)
    numbers = [dim for dim in dims if isinstance(dim, int)]
    allowed = set(range(1, len(dims) + 1))
    if len(set(numbers)) < len(numbers) or not allowed.issuperset(numbers):
        raise refused(arguments, "dims", arguments["dims"], "a permutation of the axes from 1")


def _permuted(arguments: LayerArguments, shape: Shape | None) -> Shape:
    dims = _dims(arguments)
    rank = len(dims) + 1
    if shape is None:
        return Shape.unknown(rank)
    if shape.rank != rank:
        raise ShapeError(
            ErrorKind.RANK,
            f"Permute: expected ndim={rank}, found ndim={shape.rank}. Full shape received: {shape}",
            expected=rank,
            found=shape.rank,
        )
    return Shape((shape[0], *(shape[dim] if isinstance(dim, int) else Axis(unknown_size()) for dim in dims)))


def _plain_count(arguments: LayerArguments, name: str) -> int | Expression:
    value = arguments[name]
    if isinstance(value, Expression):
        return value
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise refused(arguments, name, value, "a positive integer")
    return value


def _check_count(name: str, arguments: LayerArguments) -> None:
    _plain_count(arguments, name)


def _repeated(arguments: LayerArguments, shape: Shape) -> Shape:
    return Shape((shape[0], Axis(_plain_count(arguments, "n"), "steps"), shape[1]))


# UpSampling.


def _up_sampled_steps(arguments: LayerArguments, shape: Shape) -> Shape:
    return shape.replaced(1, multiply(shape[1].size, _plain_count(arguments, "size")))


def _check_factors(rank: int, arguments: LayerArguments) -> None:
    windows(arguments, "size", rank)
    check_data_format(arguments)
    if "interpolation" in arguments.values and not isinstance(arguments["interpolation"], Expression):
        arguments.text("interpolation")  # which one it is Keras asks only when data comes


@rank_kept
def _up_sampled(arguments: LayerArguments, shape: Shape) -> Shape:
    batch, spatial, channels = split(arguments, shape)
    factors = windows(arguments, "size", len(spatial))
    grown = [axis.sized(multiply(axis.size, factor)) for axis, factor in zip(spatial, factors, strict=True)]
    return joined(arguments, batch, grown, channels)


# ZeroPadding and Cropping.

Margins: TypeAlias = "list[tuple[Size, ...] | None]"
"""What is put before and after each spatial axis; None for an axis of which that is unknown."""


def _margins(name: str, rank: int, least: int | None, arguments: LayerArguments) -> Margins:
    """Return the argument in full; one number stands for all axes, ``least`` being the smallest that Keras
    takes.
    """
    value = arguments[name]
    if isinstance(value, Expression):
        return [None] * rank
    if rank == 1:
        return [standardised(arguments, name, value, 2, 0)]
    if isinstance(value, int):
        if least is not None and value < least:
            raise refused(arguments, name, value, f"a number from {least}")
        return [(int(value), int(value))] * rank
    if not isinstance(value, list | tuple) or len(value) != rank:
        raise refused(arguments, name, value, f"a number, {rank} numbers or {rank} pairs of numbers")
    return [
        None if isinstance(item, Expression) else standardised(arguments, name, item, 2, 0) for item in value
    ]


def _check_margins(name: str, rank: int, least: int | None, arguments: LayerArguments) -> None:
    _margins(name, rank, least, arguments)
    check_data_format(arguments)


def _padded(layer_name: str, size: Size, margins: tuple[Size, ...]) -> Size:
    length = add(size, add(*margins))
    if isinstance(length, int) and length < 0:
        raise ShapeError(ErrorKind.WINDOW, f"{layer_name} leaves a negative length {length} of {size}")
    return length


def _cropped(layer_name: str, size: Size, margins: tuple[Size, ...]) -> Size:
    length = subtract(size, add(*margins))
    if isinstance(length, int) and length <= 0:
        raise ShapeError(
            ErrorKind.WINDOW,
            f"{layer_name}: the cropping {margins} must be smaller than the axis of {size} that it cuts",
        )
    return length


Resize: TypeAlias = Callable[[str, Size, "tuple[Size, ...]"], Size]


def _resized(name: str, least: int | None, resize: Resize, arguments: LayerArguments, shape: Shape) -> Shape:
    batch, spatial, channels = split(arguments, shape)
    margins = _margins(name, len(spatial), least, arguments)
    made = [
        axis.sized(resize(arguments.class_name, axis.size, around) if around is not None else _lost(axis))
        for axis, around in zip(spatial, margins, strict=True)
    ]
    return joined(arguments, batch, made, channels)


def _lost(axis: Axis) -> Size:
    return None if axis.size is None else unknown_size()


# The table.


def _with_margins(
    kind: str, name: str, parameters: str, rank: int, least: int | None, resize: Resize
) -> LayerSpec:
    return layer(
        f"{kind}{rank}D",
        parameters,
        rank_kept(partial(_resized, name, least, resize)),
        reads=spatial_reads(rank, "features" if rank == 1 else "channels"),
        rank=rank + 2,
        check=partial(_check_margins, name, rank, least),
    )


_zero_padding = partial(_with_margins, "ZeroPadding", "padding", least=None, resize=_padded)
_cropping = partial(_with_margins, "Cropping", "cropping", least=0, resize=_cropped)

_UP_SAMPLING_1D = layer(
    "UpSampling1D",
    "size=2",
    _up_sampled_steps,
    reads=("batch", "steps", "features"),
    rank=3,
    check=partial(_check_count, "size"),
)

LAYERS: tuple[LayerSpec, ...] = (
    layer(
        "Flatten",
        "data_format=None",
        _flattened,
        min_rank=1,
        takes_unknown=True,
        check=check_data_format,
    ),
    layer("Reshape", "target_shape", _reshaped, takes_unknown=True, check=_check_target),
    layer("Permute", "dims", _permuted, takes_unknown=True, check=_check_dims),
    layer(
        "RepeatVector",
        "n",
        _repeated,
        reads=("batch", "features"),
        rank=2,
        check=partial(_check_count, "n"),
    ),
    _UP_SAMPLING_1D,
    layer(
        "UpSampling2D",
        "size=(2, 2), data_format=None, interpolation='nearest'",
        _up_sampled,
        reads=spatial_reads(2),
        rank=4,
        check=partial(_check_factors, 2),
    ),
    layer(
        "UpSampling3D",
        "size=(2, 2, 2), data_format=None",
        _up_sampled,
        reads=spatial_reads(3),
        rank=5,
        check=partial(_check_factors, 3),
    ),
    _zero_padding("padding=1, data_format=None", 1),
    _zero_padding("padding=(1, 1), data_format=None", 2),
    _zero_padding("padding=((1, 1), (1, 1), (1, 1)), data_format=None", 3),
    _cropping("cropping=(1, 1)", 1),
    _cropping("cropping=((0, 0), (0, 0)), data_format=None", 2),
    _cropping("cropping=((1, 1), (1, 1), (1, 1)), data_format=None", 3),
)

KERAS_2: tuple[LayerSpec, ...] = (
    replace(_UP_SAMPLING_1D, converts={"size": whole}),
    _zero_padding("padding=1", 1),  # whatever the data format
)
