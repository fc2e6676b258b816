"""Operations that rearrange axes and keep every element: reshape, transpose, expand_dims, squeeze, …

Axes move with their role and evidence. A reshape keeps an axis only where row-major order keeps it: where as
many elements stand before it and it has the same length.
"""

from __future__ import annotations

from typing import Any

from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import FREE_BATCH, Size, equal, floor_divide, holds_batch, product, unknown_size
from layoutlint.operations.bound_arguments import BoundArguments, conflicting, unknown_like


def reshape(given: BoundArguments) -> Shape:
    """Return a target shape with at most one -1; free sizes as in ``keras.ops.reshape`` (-1 becomes free)."""
    target = given.sizes("shape")
    if not given.is_known("x"):
        # whatever is reshaped, the target says what comes out
        return Shape.of(*(unknown_size() if size == -1 else size for size in target))
    source = given.shape("x")
    sizes = _resolved(source, target)
    if given["order"] not in (None, "C"):
        return Shape.of(*sizes)
    return carried(source, sizes)


def _resolved(source: Shape, target: list[Size]) -> list[Size]:
    holes = target.count(-1)
    if holes > 1:
        raise ShapeError(ErrorKind.ARGUMENT, f"reshape: only one size may be -1, got {_text(target)}")
    if source and source[0].size is None and any(map(holds_batch, target)):
        source = source.replaced(0, FREE_BATCH)  # (batch · heads, -1, size): the batch cancels out
    if None in source.sizes or None in target:
        return [None if size == -1 else size for size in target]
    total = product(source.sizes)
    rest = product([size for size in target if size != -1])
    if not holes:
        if conflicting(total, rest):
            raise _count(source, target)
        return target
    if isinstance(total, int) and isinstance(rest, int) and (rest == 0 or total % rest):
        raise _count(source, target)
    return [floor_divide(total, rest) if size == -1 else size for size in target]


def _text(target: list[Size]) -> str:
    return f"({', '.join(map(str, target))})"


def _count(source: Shape, target: list[Size]) -> ShapeError:
    return ShapeError(
        ErrorKind.COUNT,
        f"The total size of the tensor must be unchanged. Received: input_shape={source}, "
        f"target_shape={_text(target)}",
    )


def carried(source: Shape, sizes: list[Size]) -> Shape:
    """Axes of these sizes, the source's own where row-major order keeps them."""
    axes = []
    free = 0
    for place, size in enumerate(sizes):
        kept = next((i for i in range(free, source.rank) if _keeps(source, i, sizes, place)), None)
        if kept is None:
            axes.append(Axis(size))
        else:
            axes.append(source[kept].sized(size))
            free = kept + 1
    return Shape(axes)


def _keeps(source: Shape, i: int, sizes: list[Size], j: int) -> bool:
    """Tell whether axis ``i`` of the source is axis ``j`` of the target.

    As many elements before it (or behind it) and the same length. For the first axis of both, the same number
    of elements behind it is enough: then its length is the same whatever it is.
    """
    behind = equal(product(source.sizes[i + 1 :]), product(sizes[j + 1 :])) is True
    if i == j == 0 and behind:
        return True
    if equal(source[i].size, sizes[j]) is not True:
        return False
    return behind or equal(product(source.sizes[:i]), product(sizes[:j])) is True


def flatten(given: BoundArguments) -> Shape:
    """Return all elements along one axis."""
    source = given.shape("x")
    return source if source.rank == 1 else Shape.of(product(source.sizes))


def batch_flatten(given: BoundArguments) -> Shape:
    """Return all axes but the first merged, as ``K.batch_flatten``."""
    source = given.shape("x")
    if source.rank < 1:
        raise UndeterminedError("batch_flatten of a scalar")
    return carried(source, [source[0].size, product(source.sizes[1:])])


def transpose(given: BoundArguments) -> Shape:
    """Axes in another order; reversed where no order is given."""
    source = given.shape("x")
    order = given["axes"]
    if isinstance(order, list | tuple) and not isinstance(order, Shape):
        if len(order) == 1 and (order[0] is None or isinstance(order[0], list | tuple)):
            order = order[0]  # the method: x.transpose((0, 2, 1))
        elif order == ():
            order = None  # the method: x.transpose()
    if given["conjugate"] not in (None, False, True):
        raise UndeterminedError("conjugate is unknown")
    if order is None:
        return Shape(reversed(source))
    if isinstance(order, Shape) or not isinstance(order, list | tuple):
        return unknown_like(source)
    if len(order) != source.rank:
        raise ShapeError(
            ErrorKind.AXIS,
            f"transpose: axes={tuple(order)} don't match an array of {source.rank} dimensions {source}",
        )
    if any(isinstance(place, bool) or not isinstance(place, int) for place in order):
        return unknown_like(source)
    places = [given.normal(place, source.rank, "axes") for place in order]
    if len(set(places)) != len(places):
        raise ShapeError(ErrorKind.AXIS, f"transpose: axes={tuple(order)} names an axis twice")
    return Shape(source[place] for place in places)


def matrix_transpose(given: BoundArguments) -> Shape:
    """Return the last two axes exchanged."""
    source = given.shape("x")
    if source.rank < 2:
        raise ShapeError(ErrorKind.RANK, f"matrix_transpose needs two axes at least, got {source}")
    return Shape((*source[:-2], source[-1], source[-2]))


def adjoin(given: BoundArguments) -> Shape:
    """``expand_dims``: new axes of size 1, counted in the result."""
    source = given.shape("x")
    value = given["axis"]
    if value is None:
        raise UndeterminedError("axis is unknown")
    count = len(value) if isinstance(value, list | tuple) else 1
    rank = source.rank + count
    places = given.axes("axis", rank) or ()
    rest = iter(source)
    return Shape(Axis(1) if place in places else next(rest) for place in range(rank))


def squeeze(given: BoundArguments) -> Shape:
    """Axes of size 1 dropped: the named ones, or all."""
    source = given.shape("x")
    places = given.axes("axis", source.rank)
    if places is None or given["axis"] == []:
        if any(not isinstance(size, int | None) for size in source.sizes):
            raise UndeterminedError(f"which of {source} have length 1 is unknown")
        return Shape(axis for axis in source if axis.size != 1)
    for place in places:
        if isinstance(source[place].size, int) and source[place].size != 1:
            raise ShapeError(
                ErrorKind.SIZE,
                f"Cannot squeeze axis {place} of {source}: its size is {source[place].size}, not 1",
            )
    return Shape(axis for place, axis in enumerate(source) if place not in places)


def swapaxes(given: BoundArguments) -> Shape:
    """Return two axes exchanged."""
    source = list(given.shape("x"))
    first, second = given.axis("axis1", len(source)), given.axis("axis2", len(source))
    source[first], source[second] = source[second], source[first]
    return Shape(source)


def moveaxis(given: BoundArguments) -> Shape:
    """Axes taken out and put in elsewhere."""
    source = given.shape("x")
    taken = given.axes("source", source.rank)
    put = given.axes("destination", source.rank)
    if taken is None or put is None or len(taken) != len(put):
        raise ShapeError(ErrorKind.ARGUMENT, "moveaxis: as many sources as destinations are needed")
    order = [place for place in range(source.rank) if place not in taken]
    for destination, place in sorted(zip(put, taken, strict=True)):
        order.insert(destination, place)
    return Shape(source[place] for place in order)


def rollaxis(given: BoundArguments) -> Shape:
    """Return one axis taken out and put in before ``start``, as ``np.rollaxis``."""
    source = given.shape("x")
    place, start = given.axis("axis", source.rank), given.known("start", 0)
    if start < 0:
        start += source.rank
    if not 0 <= start <= source.rank:
        raise ShapeError(ErrorKind.AXIS, f"rollaxis: start={start} is out of bounds for {source}")
    order = [other for other in range(source.rank) if other != place]
    order.insert(start - 1 if place < start else start, place)
    return Shape(source[other] for other in order)


def rotate(given: BoundArguments) -> Shape:
    """``rot90``: two axes exchanged by every odd number of quarter turns."""
    source = given.shape("x")
    turns = given.known("k", 1)
    pair: Any = given["axes"] if given["axes"] is not None else (0, 1)
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise UndeterminedError("axes is unknown")
    first, second = (given.normal(place, source.rank, "axes") for place in pair)
    axes = list(source)
    if turns % 2:
        axes[first], axes[second] = axes[second], axes[first]
    return Shape(axes)


def at_least(rank: int) -> Any:
    """``atleast_1d`` … ``atleast_3d`` for one array: numpy puts the missing axes where images have them."""

    def shape(given: BoundArguments) -> Shape:
        if not isinstance(given["x"], tuple) or isinstance(given["x"], Shape):
            source = given.shape("x")
        elif len(given["x"]) == 1:
            source = BoundArguments(given.operation, {"x": given["x"][0]}).shape("x")
        else:
            raise UndeterminedError("several arrays at once")
        missing = rank - source.rank
        if missing <= 0:
            return source
        if rank == 3 and source.rank == 1:
            return Shape((Axis(1), *source, Axis(1)))
        if rank == 3 and source.rank == 2:
            return Shape((*source, Axis(1)))
        return Shape((*(Axis(1) for _ in range(missing)), *source))

    return shape


def rotate_image(given: BoundArguments) -> Shape:
    """``tf.image.rot90`` of (…, height, width, channels)."""
    source = given.shape("x")
    if source.rank not in (3, 4):
        raise ShapeError(ErrorKind.RANK, f"rot90: expected images of 3 or 4 dimensions, got {source}")
    turned = {"x": source, "k": given["k"], "axes": (source.rank - 3, source.rank - 2)}
    return rotate(BoundArguments(given.operation, turned))
