"""Operations that pick elements: ``x[...]``, take, gather, top_k, …

Slices of an axis of symbolic length: a bound that counts from the far end (``x[:-k]``) and the start of a
slice are taken to lie within the axis, and so are symbolic bounds; a stop that counts from the front may lie
beyond, so ``x[:k]`` has ``min(n, k)`` elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import (
    Expression,
    Size,
    add,
    ceil_divide,
    minimum,
    multiply,
    product,
    subtract,
    unknown_size,
)
from layoutlint.operations.bound_arguments import BoundArguments, shape_of
from layoutlint.operations.elementwise import broadcast
from layoutlint.operations.spec import Mask


def getitem(given: BoundArguments) -> Shape:
    """``x[key]`` with numbers, slices, None, Ellipsis, and arrays of numbers or truth values."""
    source = given.shape("x")
    return picked(source, [_decoded(part) for part in _parts(given["key"])])


def by_axis(key: Any, rank: int) -> Iterator[tuple[int, Any]]:
    """Yield the axes of an array that the parts of ``x[key]`` pick from, each with its part, new axes left
    out.
    """
    parts = [part for part in (key if isinstance(key, tuple) else (key,)) if part is not None]
    at = next((at for at, part in enumerate(parts) if part is Ellipsis), len(parts))
    yield from enumerate(parts[:at])
    yield from enumerate(parts[at + 1 :], rank - len(parts[at + 1 :]))


def _parts(key: Any) -> list[Any]:
    if isinstance(key, Mapping) and key.get("class_name") == "__tuple__":
        return list(key.get("items", ()))
    if isinstance(key, tuple) and not isinstance(key, Shape):
        return list(key)
    if isinstance(key, list) and any(_is_slice(part) for part in key):
        return key  # a saved model writes its tuples as lists
    return [key]


def _is_slice(part: Any) -> bool:
    return part is None or part is Ellipsis or isinstance(part, slice | Mapping)


def _decoded(part: Any) -> Any:
    """Return a part of a key as saved models write it."""
    if isinstance(part, Mapping):
        if part.get("class_name") == "__ellipsis__" or part.get("type") == "Ellipsis":
            return Ellipsis
        config = part.get("config", part)
        if isinstance(config, Mapping) and {"start", "stop", "step"} <= config.keys():
            return slice(config["start"], config["stop"], config["step"])
        raise UndeterminedError("the index is unknown")
    return part


def picked(source: Shape, parts: list[Any]) -> Shape:
    """Return the shape of ``x[parts]``; arrays among the parts as numpy's advanced indexing."""
    if sum(part is Ellipsis for part in parts) > 1:
        raise ShapeError(ErrorKind.ARGUMENT, "an index can only have a single ellipsis ('...')")
    taken = sum(_consumed(part) for part in parts)
    if taken > source.rank:
        raise ShapeError(
            ErrorKind.RANK,
            f"too many indices for array: {source} is {source.rank}-dimensional, but {taken} were indexed",
            expected=taken,
            found=source.rank,
        )
    if not any(part is Ellipsis for part in parts):
        parts = [*parts, Ellipsis]
    advanced = any(_is_array(part) for part in parts)
    kept: list[Axis] = []
    arrays: list[Shape] = []
    places: list[int] = []  # where in the key the advanced parts stand
    at = 0  # where in ``kept`` the first of them stands
    index = 0
    for place, part in enumerate(parts):
        if part is None:
            kept.append(Axis(1))
            continue
        if part is Ellipsis:
            width = source.rank - taken
            kept.extend(source[index : index + width])
            index += width
            continue
        if isinstance(part, slice):
            kept.append(sliced(source[index], part))
            index += 1
            continue
        width = _consumed(part)
        if not _is_array(part):
            _check_bounds(source, index, part)
        if advanced:
            if not places:
                at = len(kept)
            places.append(place)
            # one truth value for all of the array uses up no axis
            arrays.append(_index_shape(part, source[index]) if width else Shape.of(unknown_size()))
        index += width
    if not advanced:
        return Shape(kept)
    together = places == list(range(places[0], places[0] + len(places)))
    at = at if together else 0
    return Shape((*kept[:at], *broadcast(arrays), *kept[at:]))


def _consumed(part: Any) -> int:
    """Return how many axes a part of a key uses up."""
    if part is None or part is Ellipsis:
        return 0
    if isinstance(part, Mask):
        return part.rank
    if isinstance(part, list) and part and _truth(part):
        return shape_of(part).rank
    if isinstance(part, bool) or not isinstance(part, int | Expression | slice | Shape | list):
        raise UndeterminedError("the index is unknown")
    return 1


def _truth(part: list[Any]) -> bool:
    first: Any = part
    while isinstance(first, list) and first:
        first = first[0]
    return isinstance(first, bool)


def _is_array(part: Any) -> bool:
    return isinstance(part, list) or (isinstance(part, Shape) and (part.rank > 0 or isinstance(part, Mask)))


def _index_shape(part: Any, axis: Axis) -> Shape:
    if isinstance(part, Mask):
        return Shape((axis.sized(unknown_size()),)) if part.rank == 1 else Shape.of(unknown_size())
    if isinstance(part, list) and part and _truth(part):
        if shape_of(part).rank > 1:
            return Shape.of(unknown_size())
        return Shape((axis.sized(sum(map(bool, part))),))
    shape = shape_of(part, "the index")
    return Shape((axis.sized(shape[0].size),)) if shape.rank == 1 else shape


def _check_bounds(source: Shape, index: int, part: Any) -> None:
    size = source[index].size
    if isinstance(part, int) and isinstance(size, int) and not -size <= part < size:
        raise ShapeError(
            ErrorKind.SIZE, f"index {part} is out of bounds for axis {index} with size {size}; {source}"
        )


def sliced(axis: Axis, part: slice) -> Axis:
    """Return an axis after ``[start:stop:step]``; a free axis stays free."""
    if part == slice(None):
        return axis
    if axis.size is None:
        return axis
    return axis.sized(slice_size(axis.size, part))


def slice_size(size: int | Expression, part: slice) -> Size:
    """Return the number of elements of a slice along an axis of ``size``."""
    bounds = (part.start, part.stop, part.step)
    if any(isinstance(bound, bool) or not isinstance(bound, int | Expression | None) for bound in bounds):
        return unknown_size()
    start, stop, step = bounds
    if isinstance(step, Expression) or step == 0:
        return unknown_size()
    if isinstance(size, int) and not any(isinstance(bound, Expression) for bound in bounds):
        return len(range(size)[start:stop:step])
    if step is not None and step < 0:
        return ceil_divide(size, -step) if start is None and stop is None else unknown_size()
    length = _length(size, start, stop)
    if isinstance(length, int) and length < 0:
        length = 0
    if isinstance(length, int) and isinstance(size, int) and length > size:
        return unknown_size()  # x[i * 16 : i * 16 + 16] of fewer rows: it ends with them
    return ceil_divide(length, step or 1)


def _length(size: Size, start: Any, stop: Any) -> Size:
    if start is None or start == 0:
        return _from_front(size, stop)
    if _counts_from_end(start):
        if stop is None:
            return minimum(size, multiply(start, -1))
        if _counts_from_end(stop):
            return subtract(stop, start)
        return unknown_size()
    if isinstance(start, Expression) and isinstance(stop, Expression) and not _counts_from_end(stop):
        return subtract(stop, start)
    return subtract(_from_front(size, stop), start)


def _from_front(size: Size, stop: Any) -> Size:
    if stop is None:
        return size
    return add(size, stop) if _counts_from_end(stop) else minimum(size, stop)


def _counts_from_end(bound: Any) -> bool:
    if isinstance(bound, Expression):
        return all(coefficient < 0 for _, coefficient in bound.terms)
    return isinstance(bound, int) and bound < 0


def take(given: BoundArguments) -> Shape:
    """``np.take``, ``tf.gather``: the axis is replaced by the indices' axes; None takes from all elements."""
    source, indices = given.shape("x"), given.shape("indices")
    if given["batch_dims"] not in (None, 0):
        return _gather_batched(given, source, indices)
    axis = given["axis"]
    if axis is None:
        return Shape(indices)
    place = given.normal(axis, source.rank, "axis")
    inner = Shape((source[place].sized(indices[0].size),)) if indices.rank == 1 else indices
    return Shape((*source[:place], *inner, *source[place + 1 :]))


def gather(given: BoundArguments) -> Shape:
    """``tf.gather``: as take, along the first axis (the first after the batch axes) where none is named."""
    axis = given["axis"] if given["axis"] is not None else given["batch_dims"] or 0
    return take(BoundArguments(given.operation, {**given.values, "axis": axis}))


def _gather_batched(given: BoundArguments, source: Shape, indices: Shape) -> Shape:
    count = given.normal(given["batch_dims"], indices.rank + 1, "batch_dims")
    place = given.axis("axis", source.rank)
    return Shape((*source[:place], *indices[count:], *source[place + 1 :]))


def gather_nd(given: BoundArguments) -> Shape:
    """``tf.gather_nd``: the last axis of the indices names that many axes of the source."""
    source, indices = given.shape("x"), given.shape("indices")
    batch = given.known("batch_dims", 0)
    if not indices or not isinstance(indices[-1].size, int):
        raise UndeterminedError("how many axes the indices name is unknown")
    return Shape((*indices[:-1], *source[batch + indices[-1].size :]))


def take_along_axis(given: BoundArguments) -> Shape:
    """Return the indices' length along the axis, all others broadcast."""
    source, indices = given.shape("x"), given.shape("indices")
    if given["axis"] is None:
        return Shape(indices)
    if source.rank != indices.rank:
        raise ShapeError(ErrorKind.RANK, f"take_along_axis: {source} and indices {indices} differ in rank")
    place = given.axis("axis", source.rank)
    together = broadcast([source.replaced(place, 1), indices.replaced(place, 1)])
    return together.replaced(place, source[place].sized(indices[place].size))


def delete(given: BoundArguments) -> Shape:
    """``np.delete``: the axis loses one element for a number, as many as a list names."""
    source = given.shape("x")
    if given["axis"] is None:
        source = source if source.rank == 1 else Shape.of(product(source.sizes))
    place = 0 if given["axis"] is None else given.normal(given["axis"], source.rank, "axis")
    chosen = given["indices"]
    if isinstance(chosen, int | Expression):
        return source.replaced(place, subtract(source[place].size, 1))
    if isinstance(chosen, list | tuple) and all(isinstance(item, int) and item >= 0 for item in chosen):
        return source.replaced(place, subtract(source[place].size, len(set(chosen))))
    return source.replaced(place, unknown_size())


def top_k(given: BoundArguments) -> tuple[Shape, Shape]:
    """Values and indices of the largest along the last axis."""
    source = given.shape("x")
    if not source:
        raise ShapeError(ErrorKind.RANK, "top_k: input must have at least one axis")
    found = source.replaced(source.rank - 1, 1 if given["k"] is None else given.number("k"))
    return (found, found)


def some_row(given: BoundArguments) -> Shape:
    """Return a row of as many elements as the data happens to have (``np.unique``, ``np.flatnonzero``)."""
    given.shape("x")
    return Shape.of(unknown_size())


def unique(given: BoundArguments) -> Any:
    """``np.unique``: a row of unknown length; with further results a tuple."""
    if given["axis"] is not None:
        raise UndeterminedError("unique along an axis")
    flags = [given.flag(name) for name in ("return_index", "return_inverse", "return_counts")]
    found = some_row(given)
    if not any(flags):
        return found
    source = given.shape("x")
    if flags[1] and source.rank != 1:
        raise UndeterminedError("the inverse of several axes: numpy's versions differ")
    results = (found, source, found)
    return (found, *(result for result, wanted in zip(results, flags, strict=True) if wanted))


def nonzero(given: BoundArguments) -> tuple[Shape, ...]:
    """Return one row of indices for each axis."""
    found = unknown_size()
    return tuple(Shape.of(found) for _ in given.shape("x"))


def some_of_rows(given: BoundArguments) -> Shape:
    """``tf.boolean_mask``, ``np.compress``: unknown many along the axis of the mask."""
    source, mask = given.shape("x"), given.shape("mask")
    place = 0 if given["axis"] is None else given.axis("axis", source.rank)
    if place + mask.rank > source.rank:
        raise ShapeError(ErrorKind.RANK, f"boolean_mask: mask {mask} does not fit {source}")
    size = None if None in source.sizes[place : place + mask.rank] else unknown_size()
    return Shape((*source[:place], Axis(size), *source[place + mask.rank :]))


def choice(given: BoundArguments) -> Shape:
    """``np.random.choice``: elements of ``x`` drawn to the shape ``size``; a matrix gives rows."""
    drawn = Shape() if given["shape"] is None else Shape.of(*given.sizes("shape"))
    return Shape((*drawn, *given.shape("x")[1:])) if given.is_known("x") else drawn


def begin_and_size(given: BoundArguments) -> Shape:
    """``tf.slice``: from ``begin`` so many elements on each axis, -1 for all that remain."""
    source = given.shape("x")
    begins, counts = given.sizes("begin"), given.sizes("count")
    if len(begins) != source.rank or len(counts) != source.rank:
        raise ShapeError(ErrorKind.RANK, f"slice: begin and size must name every axis of {source}")
    return Shape(
        axis.sized(subtract(axis.size, begin) if count == -1 else count)
        for axis, begin, count in zip(source, begins, counts, strict=True)
    )
