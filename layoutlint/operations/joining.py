"""Operations that put arrays together and take them apart: concatenate, stack, split, …"""

from __future__ import annotations

import itertools
from typing import Any, Final

from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import Expression, Size, add, floor_divide, modulo, product, subtract
from layoutlint.operations.bound_arguments import BoundArguments, conflicting

MAX_MADE: Final = 4096
"""The most arrays that one is split into, for all of them to be told apart."""


def concatenate(given: BoundArguments) -> Shape:
    """Arrays one after another along an axis; with ``axis=None`` flattened first."""
    shapes = given.shapes("xs")
    if "axis" in given.values and given["axis"] is None:
        return Shape.of(_total([product(shape.sizes) for shape in shapes]))
    if shapes and not shapes[0]:
        raise ShapeError(ErrorKind.RANK, "concatenate: zero-dimensional arrays cannot be concatenated")
    return joined(given.operation, shapes, given.axis("axis", shapes[0].rank) if shapes else 0)


def joined(operation: str, shapes: list[Shape], place: int) -> Shape:
    """Arrays one after another along axis ``place``; all other axes must agree."""
    if not shapes:
        raise ShapeError(ErrorKind.STRUCTURE, f"{operation}: need at least one array")
    first = shapes[0]
    for other in shapes[1:]:
        _agree(operation, first, other, place)
    return first.replaced(place, _total([shape[place].size for shape in shapes]))


def _agree(operation: str, first: Shape, other: Shape, place: int | None) -> None:
    fits = first.rank == other.rank and not any(
        conflicting(a.size, b.size)
        for index, (a, b) in enumerate(zip(first, other, strict=True))
        if index != place
    )
    if not fits:
        apart = f" except on axis {place}" if place is not None else ""
        raise ShapeError(
            ErrorKind.MERGE, f"{operation}: all arrays must have matching shapes{apart}: {first} and {other}"
        )


def _total(sizes: list[Size]) -> Size:
    total: Size = 0
    for size in sizes:
        total = add(total, size)
    return total


def append(given: BoundArguments) -> Shape:
    """``np.append``: two arrays along an axis, flattened where none is named."""
    both = {"xs": [given["x"], given["values"]], "axis": given["axis"]}
    return concatenate(BoundArguments(given.operation, both))


def stack(given: BoundArguments) -> Shape:
    """Arrays of one shape along a new axis."""
    shapes = given.shapes("xs")
    if not shapes:
        raise ShapeError(ErrorKind.STRUCTURE, f"{given.operation}: need at least one array")
    for other in shapes[1:]:
        _agree(given.operation, shapes[0], other, None)
    place = given.normal(given.values.get("axis", 0), shapes[0].rank + 1, "axis")
    axes = list(shapes[0])
    axes.insert(place, Axis(len(shapes)))
    return Shape(axes)


def unstack(given: BoundArguments) -> list[Shape]:
    """Return one array for each element along an axis, which is dropped."""
    source = given.shape("x")
    place = given.normal(given.values.get("axis", 0), source.rank, "axis")
    count = source[place].size if given["num"] is None else given["num"]
    if not isinstance(count, int):
        raise UndeterminedError(f"the number of arrays is {count}")
    _bounded(count)
    return [Shape(axis for index, axis in enumerate(source) if index != place)] * count


def vstack(given: BoundArguments) -> Shape:
    """Rows under each other: along axis 0, at least two axes."""
    shapes = [shape if shape.rank > 1 else Shape((Axis(1), *_row(shape))) for shape in given.shapes("xs")]
    return joined(given.operation, shapes, 0)


def hstack(given: BoundArguments) -> Shape:
    """Side by side: along axis 1, axis 0 for rows."""
    shapes = [shape if shape.rank else Shape.of(1) for shape in given.shapes("xs")]
    return joined(given.operation, shapes, 0 if shapes and shapes[0].rank == 1 else 1)


def dstack(given: BoundArguments) -> Shape:
    """Behind each other: along axis 2, at least three axes."""
    shapes = []
    for shape in given.shapes("xs"):
        if shape.rank < 2:
            shape = Shape((Axis(1), *_row(shape)))
        shapes.append(shape if shape.rank > 2 else Shape((*shape, Axis(1))))
    return joined(given.operation, shapes, 2)


def column_stack(given: BoundArguments) -> Shape:
    """Rows as columns of a matrix."""
    shapes = [shape if shape.rank > 1 else Shape((*_row(shape), Axis(1))) for shape in given.shapes("xs")]
    return joined(given.operation, shapes, 1)


def _row(shape: Shape) -> Shape:
    return shape if shape.rank else Shape.of(1)


def split(given: BoundArguments) -> list[Shape]:
    """``np.split``: into so many equal parts, or at these indices."""
    return _split(given, exactly=True)


def array_split(given: BoundArguments) -> list[Shape]:
    """``np.array_split``: into so many parts, the first ones longer where it does not divide."""
    return _split(given, exactly=False)


def split_at(axis: int) -> Any:
    """``vsplit`` … ``dsplit``: a split along a fixed axis."""

    def shape(given: BoundArguments) -> list[Shape]:
        place = 0 if axis == 1 and given.shape("x").rank == 1 else axis
        return _split(BoundArguments(given.operation, {**given.values, "axis": place}), exactly=True)

    return shape


def _split(given: BoundArguments, exactly: bool) -> list[Shape]:
    source = given.shape("x")
    place = given.normal(given.values.get("axis", 0), source.rank, "axis")
    size = source[place].size
    parts = given["indices_or_sections"]
    if isinstance(parts, int) and not isinstance(parts, bool) and parts > 0:
        sizes = _equal_parts(given.operation, size, parts, exactly)
    elif isinstance(parts, list | tuple) and not isinstance(parts, Shape):
        sizes = _between(size, list(parts))
    else:
        raise UndeterminedError("the number of parts is unknown")
    return [source.replaced(place, part) for part in sizes]


def _bounded(count: int) -> None:
    if count > MAX_MADE:
        raise UndeterminedError(f"{count} arrays are not told apart")


def _equal_parts(operation: str, size: Size, count: int, exactly: bool) -> list[Size]:
    _bounded(count)
    rest = modulo(size, count)
    if size is None or not isinstance(rest, int):
        if exactly or size is None:
            return [floor_divide(size, count)] * count
        # the i-th part of n has (n + count - 1 - i) // count elements
        return [floor_divide(add(size, count - 1 - index), count) for index in range(count)]
    if rest and exactly:
        raise ShapeError(
            ErrorKind.DIVISIBILITY, f"{operation}: an axis of {size} does not split into {count} equal parts"
        )
    return [add(floor_divide(size, count), 1 if index < rest else 0) for index in range(count)]


def _between(size: Size, cuts: list[Any]) -> list[Size]:
    if any(isinstance(cut, bool) or not isinstance(cut, int | Expression) for cut in cuts):
        raise UndeterminedError("where it is split is unknown")
    if isinstance(size, int) and all(isinstance(cut, int) for cut in cuts):
        edges = [0, *cuts, None]
        return [len(range(size)[start:stop]) for start, stop in itertools.pairwise(edges)]
    edges = [0, *cuts, size]
    return [subtract(stop, start) for start, stop in itertools.pairwise(edges)]


def split_sizes(given: BoundArguments) -> list[Shape]:
    """``tf.split``: into so many equal parts, or parts of these sizes (one may be -1)."""
    parts = given["num_or_size_splits"]
    if isinstance(parts, int) and not isinstance(parts, bool):
        values = {"x": given["x"], "indices_or_sections": parts, "axis": given.values.get("axis", 0)}
        return split(BoundArguments(given.operation, values))
    if isinstance(parts, Shape) or not isinstance(parts, list | tuple):
        raise UndeterminedError("the sizes of the parts are unknown")
    source = given.shape("x")
    place = given.normal(given.values.get("axis", 0), source.rank, "axis")
    sizes = given.sizes("num_or_size_splits")
    named = _total([part for part in sizes if part != -1])
    if -1 not in sizes and conflicting(named, source[place].size):
        raise ShapeError(
            ErrorKind.MERGE, f"{given.operation}: parts of {sizes} do not make up axis {place} of {source}"
        )
    rest = subtract(source[place].size, named)
    return [source.replaced(place, rest if part == -1 else part) for part in sizes]


def meshgrid(given: BoundArguments) -> list[Shape]:
    """Coordinate arrays; ``indexing="xy"`` puts the second row's length first."""
    rows = given.shapes("xs")
    if any(row.rank > 1 for row in rows):
        raise UndeterminedError("rows are expected")
    axes = [row[0] if row else Axis(1) for row in rows]
    if (given.text("indexing") or "xy") == "xy" and len(axes) > 1:
        axes[0], axes[1] = axes[1], axes[0]
    if given.flag("sparse"):
        raise UndeterminedError("a sparse grid")
    return [Shape(axes)] * len(rows)
