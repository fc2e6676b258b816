"""Operations that change lengths: pad, tile, repeat, image resizing, space_to_depth, windows, …"""

from __future__ import annotations

from typing import Any

from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import (
    Expression,
    Size,
    add,
    floor_divide,
    modulo,
    multiply,
    product,
    subtract,
    unknown_size,
)
from layoutlint.operations.bound_arguments import BoundArguments, conflicting, may_be_several, number


def pad(given: BoundArguments) -> Shape:
    """(before, after) for every axis; one pair or one number stands for all axes, as in numpy."""
    source = given.shape("x")
    pairs = _pairs(given["pad_width"], source.rank)
    return Shape(
        axis.sized(add(axis.size, add(*pair))) if pair != (0, 0) else axis
        for axis, pair in zip(source, pairs, strict=True)
    )


def _pairs(value: Any, rank: int) -> list[tuple[Size, Size]]:
    if isinstance(value, int | Expression) and not isinstance(value, bool):
        return [(value, value)] * rank
    if isinstance(value, Shape) or not isinstance(value, list | tuple) or not value:
        raise UndeterminedError("pad_width is unknown")
    if not any(isinstance(item, list | tuple) for item in value):
        numbers = [number(item, "pad_width") for item in value]
        if len(numbers) == 1:
            return [(numbers[0], numbers[0])] * rank
        if len(numbers) == 2:
            return [(numbers[0], numbers[1])] * rank
        raise ShapeError(ErrorKind.ARGUMENT, f"pad: pad_width={value} is not a list of pairs")
    if len(value) not in (1, rank):
        raise ShapeError(
            ErrorKind.RANK, f"pad: pad_width names {len(value)} axes, the array has {rank} dimensions"
        )
    pairs = [_pair(item) for item in value]
    return pairs * rank if len(pairs) == 1 and rank != 1 else pairs


def _pair(item: Any) -> tuple[Size, Size]:
    if isinstance(item, Shape) or not isinstance(item, list | tuple) or len(item) not in (1, 2):
        raise UndeterminedError("pad_width is unknown")
    numbers = [number(part, "pad_width") for part in item]
    return (numbers[0], numbers[-1])


def pad_spatial(rank: int) -> Any:
    """``K.temporal_padding`` and ``K.spatial_2d_padding``: only the axes between batch and channels."""

    def shape(given: BoundArguments) -> Shape:
        source = given.shape("x")
        if source.rank != rank + 2:
            raise ShapeError(ErrorKind.RANK, f"expected ndim={rank + 2}, found ndim={source.rank}")
        padding = given["padding"]
        if isinstance(padding, list | tuple) and not any(isinstance(part, list | tuple) for part in padding):
            # Keras 1 takes a number of an axis for both of its sides
            padding = [padding] if rank == 1 else [(part, part) for part in padding]
        pairs = _pairs(padding, rank)
        first = 2 if given.channels_first() else 1
        widths: list[Any] = [(0, 0)] * source.rank
        widths[first : first + rank] = pairs
        return pad(BoundArguments(given.operation, {"x": source, "pad_width": widths}))

    return shape


def tile(given: BoundArguments) -> Shape:
    """Return the array so many times along each axis; missing axes are put in front, on either side."""
    source = given.shape("x")
    counts = given.sizes("repeats")
    if len(counts) < source.rank:
        counts = [*[1] * (source.rank - len(counts)), *counts]
    axes = [Axis(1)] * (len(counts) - source.rank) + list(source)
    return Shape(
        axis if count == 1 else axis.sized(multiply(axis.size, count))
        for axis, count in zip(axes, counts, strict=True)
    )


def repeat(given: BoundArguments) -> Shape:
    """Return every element so many times; with ``axis=None`` of the flattened array."""
    source = given.shape("x")
    counts = given["repeats"]
    if given["axis"] is None:
        source = source if source.rank == 1 else Shape.of(product(source.sizes))
        place = 0
    else:
        place = given.axis("axis", source.rank)
    size = source[place].size
    if isinstance(counts, list | tuple) and not isinstance(counts, Shape) and len(counts) == 1:
        counts = counts[0]
    if isinstance(counts, list | tuple) and not isinstance(counts, Shape):
        if size is not None and conflicting(size, len(counts)):
            raise ShapeError(
                ErrorKind.MERGE, f"repeat: {len(counts)} numbers do not go with an axis of {size}"
            )
        total: Size = 0
        for count in counts:
            total = add(total, number(count, "repeats"))
        return source.replaced(place, None if size is None else total)
    if not isinstance(counts, int | Expression):
        # one number or one for each element: either way only this axis changes
        return source.replaced(place, None if size is None else unknown_size())
    return source.replaced(place, multiply(size, number(counts, "repeats")))


def repeat_vector(given: BoundArguments) -> Shape:
    """``K.repeat(x, n)``: (batch, features) becomes (batch, n, features)."""
    source = given.shape("x")
    if source.rank != 2:
        raise ShapeError(ErrorKind.RANK, f"expected ndim=2, found ndim={source.rank}")
    return Shape((source[0], Axis(given.number("n")), source[1]))


def resize_to(given: BoundArguments) -> Shape:
    """Images to (height, width) = ``size``; (…, height, width, channels) unless channels come first."""
    source = given.shape("x")
    height, width = _two(given, "target")
    if given.flag("preserve_aspect_ratio") or given.flag("crop_to_aspect_ratio") is None:
        raise UndeterminedError("the size depends on the image's aspect ratio")
    return _spatial(given, source, lambda axes: [axes[0].sized(height), axes[1].sized(width)])


def resize_with_pad(given: BoundArguments) -> Shape:
    """Images to (target_height, target_width)."""
    both = [given["target_height"], given["target_width"]]
    return resize_to(BoundArguments(given.operation, {"x": given["x"], "target": both}))


def resize_by(given: BoundArguments) -> Shape:
    """``K.resize_images``: height and width times a number."""
    source = given.shape("x")
    factors = (given.number("height_factor"), given.number("width_factor"))
    return _spatial(
        given,
        source,
        lambda axes: [
            axis.sized(multiply(axis.size, factor)) for axis, factor in zip(axes, factors, strict=True)
        ],
    )


def _two(given: BoundArguments, name: str) -> tuple[Size, Size]:
    value = given[name]
    if may_be_several(value):
        return unknown_size(), unknown_size()
    if isinstance(value, int | Expression):
        return value, value
    sizes = given.sizes(name)
    if len(sizes) != 2:
        raise ShapeError(ErrorKind.ARGUMENT, f"{given.operation}: (height, width) expected, got {value}")
    return sizes[0], sizes[1]


def _spatial(given: BoundArguments, source: Shape, change: Any) -> Shape:
    if source.rank not in (3, 4):
        raise ShapeError(
            ErrorKind.RANK, f"{given.operation}: expected images of 3 or 4 dimensions, got {source}"
        )
    at = source.rank - (2 if given.channels_first() else 3)
    return Shape((*source[:at], *change(source[at : at + 2]), *source[at + 2 :]))


def random_crop(given: BoundArguments) -> Shape:
    """``tf.image.random_crop``: exactly ``size``."""
    source = given.shape("x")
    sizes = given.sizes("target")
    if len(sizes) != source.rank:
        raise ShapeError(ErrorKind.RANK, f"random_crop: size names {len(sizes)} axes of {source}")
    return Shape(axis.sized(size) for axis, size in zip(source, sizes, strict=True))


def channels(count: int) -> Any:
    """``grayscale_to_rgb`` and its like: the images have another number of channels."""

    def shape(given: BoundArguments) -> Shape:
        source = given.shape("x")
        if not source:
            raise ShapeError(ErrorKind.RANK, f"{given.operation}: a scalar is not an image")
        return source.replaced(source.rank - (3 if given.channels_first() else 1), count)

    return shape


def patches(given: BoundArguments) -> Shape:
    """``keras.ops.image.extract_patches``: a row of values for each position of a window."""
    source = given.shape("x")
    rank = source.rank - 2
    if rank not in (2, 3):
        raise UndeterminedError("an image without its batch")
    window = given["kernel_size"]
    sizes = _for_each(window, rank)
    strides = sizes if given["strides"] is None else _for_each(given["strides"], rank)
    dilations = _for_each(given["dilation_rate"] or 1, rank)
    first = given.channels_first()
    depth, start = (1, 2) if first else (source.rank - 1, 1)
    same = (given.text("padding") or "valid").lower() == "same"
    result = source
    for place, (size, stride, dilation) in enumerate(zip(sizes, strides, dilations, strict=True), start):
        reach = 1 if same else add(multiply(dilation, subtract(size, 1)), 1)
        count = add(floor_divide(subtract(source[place].size, reach), stride), 1)
        result = result.replaced(place, max(count, 0) if isinstance(count, int) else count)
    return result.replaced(depth, multiply(source[depth].size, product(tuple(sizes))))


def _for_each(value: Any, rank: int) -> list[int | Expression]:
    """Return one number for each spatial axis; one number stands for all."""
    if may_be_several(value):
        return [unknown_size() for _ in range(rank)]
    items = value if isinstance(value, list | tuple) else [value] * rank
    if len(items) != rank:
        raise UndeterminedError(f"{len(items)} numbers for {rank} axes")
    return [number(item, "size") for item in items]


def space_to_depth(given: BoundArguments) -> Shape:
    """Blocks of pixels become channels."""
    source, block = _blocks(given)
    first = given.channels_first()
    spatial, depth = ((2, 3), 1) if first else ((1, 2), 3)
    result = source
    for place in spatial:
        rest = modulo(source[place].size, block)
        if isinstance(rest, int) and rest:
            raise ShapeError(
                ErrorKind.DIVISIBILITY, f"space_to_depth: block_size={block} does not divide {source}"
            )
        result = result.replaced(place, floor_divide(source[place].size, block))
    return result.replaced(depth, multiply(source[depth].size, multiply(block, block)))


def depth_to_space(given: BoundArguments) -> Shape:
    """Channels become blocks of pixels."""
    source, block = _blocks(given)
    first = given.channels_first()
    spatial, depth = ((2, 3), 1) if first else ((1, 2), 3)
    squared = multiply(block, block)
    rest = modulo(source[depth].size, squared)
    if isinstance(rest, int) and rest:
        raise ShapeError(
            ErrorKind.DIVISIBILITY,
            f"depth_to_space: block_size={block} squared does not divide the depth of {source}",
        )
    result = source.replaced(depth, floor_divide(source[depth].size, squared))
    for place in spatial:
        result = result.replaced(place, multiply(source[place].size, block))
    return result


def _blocks(given: BoundArguments) -> tuple[Shape, int | Expression]:
    source = given.shape("x")
    if source.rank != 4:
        raise ShapeError(ErrorKind.RANK, f"{given.operation}: expected ndim=4, found ndim={source.rank}")
    return source, given.number("block_size")


def sliding_windows(given: BoundArguments) -> Shape:
    """``sliding_window_view``: every axis named keeps its windows' starts, the windows come last."""
    source = given.shape("x")
    windows = given.sizes("window_shape")
    named = given.axes("axis", source.rank)
    places = tuple(range(source.rank)) if named is None else named
    if len(places) != len(windows):
        raise ShapeError(
            ErrorKind.ARGUMENT, f"sliding_window_view: {len(windows)} windows for {len(places)} axes"
        )
    axes = list(source)
    for place, window in zip(places, windows, strict=True):
        starts = add(subtract(axes[place].size, window), 1)
        if isinstance(starts, int) and starts <= 0:
            raise ShapeError(
                ErrorKind.WINDOW, f"sliding_window_view: window of {window} on an axis of {axes[place].size}"
            )
        axes[place] = axes[place].sized(starts)
    return Shape((*axes, *(Axis(window) for window in windows)))


def one_hot(given: BoundArguments) -> Shape:
    """Return a new axis of length ``depth`` at ``axis``, the last where none is named."""
    source = given.shape("x")
    place = -1 if given["axis"] is None else given.known("axis", -1)
    if not -source.rank - 1 <= place <= source.rank:
        raise ShapeError(ErrorKind.AXIS, f"one_hot: axis={place} is out of bounds for {source}")
    axes = list(source)
    axes.insert(place % (source.rank + 1), Axis(given.number("depth"), "classes"))
    return Shape(axes)


def sequence_mask(given: BoundArguments) -> Shape:
    """``tf.sequence_mask``: for each length a row of ``maxlen`` truths, or of the longest length."""
    longest = unknown_size() if given["maxlen"] is None else given.number("maxlen")
    return Shape((*given.shape("x"), Axis(longest)))


def to_categorical(given: BoundArguments) -> Shape:
    """``to_categorical``: classes as the last axis; a last axis of size 1 is dropped first."""
    source = given.shape("x")
    if source.rank > 1 and source[-1].size == 1:
        source = Shape(source[:-1])
    elif source.rank > 1 and not isinstance(source[-1].size, int):
        raise UndeterminedError("whether the last axis has size 1 is unknown")
    depth = unknown_size() if given["depth"] is None else given.number("depth")
    return Shape((*source, Axis(depth, "classes")))
