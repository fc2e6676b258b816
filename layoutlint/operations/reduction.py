"""Operations that fold axes away: sum, mean, argmax, norm, …"""

from __future__ import annotations

from layoutlint.model.axes import Shape
from layoutlint.model.errors import UndeterminedError
from layoutlint.model.sizes import Expression, Size, add, floor_divide, maximum, minimum, product, subtract
from layoutlint.operations.bound_arguments import BoundArguments, shape_of


def fold(given: BoundArguments) -> Shape:
    """Return the axes that are left: those that ``axis`` names are dropped (all for None), or have size 1
    with ``keepdims``.
    """
    return folded(given, given.shape("x"))


def folded(given: BoundArguments, source: Shape) -> Shape:
    """``source`` without the axes that ``axis`` names."""
    if isinstance(given["axis"], list | tuple) and not len(given["axis"]):
        return source
    if isinstance(given["axis"], Expression):
        raise UndeterminedError(f"axis is {given['axis']}")
    places = given.axes("axis", source.rank)
    if places is None:
        places = tuple(range(source.rank))
    if given.flag("keepdims"):
        return Shape(axis.sized(1) if place in places else axis for place, axis in enumerate(source))
    return Shape(axis for place, axis in enumerate(source) if place not in places)


def moments(given: BoundArguments) -> tuple[Shape, Shape]:
    """Mean and variance over ``axis``."""
    return (fold(given), fold(given))


def quantile(given: BoundArguments) -> Shape:
    """``percentile``, ``quantile``: the axes of ``q`` come first."""
    return Shape((*given.shape("q"), *fold(given)))


def accumulate(given: BoundArguments) -> Shape:
    """``cumsum``, ``sort``, …: the axes stay; all elements along one axis where ``axis`` is None."""
    source = given.shape("x")
    if "axis" in given.values:
        if given["axis"] is None:
            return source if source.rank == 1 else Shape.of(product(source.sizes))
        if source.rank != 1 or isinstance(given["axis"], int):
            given.axis("axis", source.rank)  # one that is not known may be None
    return source


def along(given: BoundArguments) -> Shape:
    """Return the same axes; an axis that is named must be there (softmax, l2_normalize, roll, flip)."""
    source = given.shape("x")
    value = given["axis"]
    if isinstance(value, int) or (
        isinstance(value, list | tuple) and all(isinstance(item, int) for item in value)
    ):
        given.axes("axis", source.rank)
    return source


def difference(given: BoundArguments) -> Shape:
    """``diff``: the axis loses ``n`` elements."""
    source = given.shape("x")
    place = -1 if given["axis"] is None else given["axis"]
    index = given.normal(place, source.rank, "axis")
    count = given.known("n", 1)
    size = source[index].size
    shorter = subtract(size, count)
    return source.replaced(index, max(shorter, 0) if isinstance(shorter, int) else shorter)


def halved(given: BoundArguments) -> Shape:
    """``glu``: one half of an axis gates the other."""
    source = given.shape("x")
    place = given.axis("axis", source.rank)
    return source.replaced(place, floor_divide(source[place].size, 2))


def determinant(given: BoundArguments) -> Shape:
    """Return one number for each matrix in the last two axes."""
    source = given.shape("x")
    if source.rank < 2:
        raise UndeterminedError("not a matrix")
    return Shape(source[:-2])


def convolve(given: BoundArguments) -> Shape:
    """``np.convolve`` and ``np.correlate`` of two rows; ``mode`` says what happens at the ends."""
    first, second = given.shape("x1"), given.shape("x2")
    if first.rank != 1 or second.rank != 1:
        raise UndeterminedError("not two rows")
    mode = given.text("mode") or "full"
    n, m = first[0].size, second[0].size
    longer, shorter = maximum(n, m), minimum(n, m)
    sizes: dict[str, Size] = {
        "full": subtract(add(n, m), 1),
        "same": longer,
        "valid": add(subtract(longer, shorter), 1),
    }
    if mode not in sizes:
        raise UndeterminedError(f"mode is {mode}")
    return Shape((first[0].sized(sizes[mode]),))


def histogram(given: BoundArguments) -> tuple[Shape, Shape]:
    """``np.histogram``: counts and the edges between them."""
    bins = given["bins"]
    if isinstance(bins, str) or bins is None:
        raise UndeterminedError("the number of bins is unknown")
    if isinstance(bins, int | Expression):
        return (Shape.of(bins), Shape.of(add(bins, 1)))
    edges = shape_of(bins, "bins")
    if edges.rank != 1:
        raise UndeterminedError("bins is unknown")
    return (Shape.of(subtract(edges[0].size, 1)), Shape.of(edges[0].size))


def covariance(given: BoundArguments) -> Shape:
    """``np.cov``, ``np.corrcoef``: (variables, variables)."""
    source = given.shape("x")
    if source.rank != 2 or given["y"] is not None:
        raise UndeterminedError("only one matrix of observations is read")
    variables = source[0] if given["rowvar"] in (None, True) else source[1]
    return Shape((variables, variables))
