"""Operations that make arrays: zeros, random numbers, ranges, arrays of nested lists, …"""

from __future__ import annotations

import math
from typing import Any

from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import (
    Expression,
    Size,
    add,
    ceil_divide,
    maximum,
    minimum,
    subtract,
    unknown_size,
)
from layoutlint.operations.bound_arguments import BoundArguments, describe
from layoutlint.operations.elementwise import broadcast, typed


def filled(given: BoundArguments) -> Shape:
    """Return an array of the shape that is asked for: ``np.zeros((3, 4))``, ``tf.random.normal((3, 4))``."""
    return typed(Shape.of(*given.sizes("shape")), given["dtype"])


DISTRIBUTION = (
    "loc",
    "scale",
    "low",
    "high",
    "mean",
    "sigma",
    "lam",
    "mu",
    "kappa",
    "left",
    "right",
    "df",
    "a",
    "b",
    "n",
    "p",
)
"""Parameters of distributions: with arrays among them, one number is drawn for each entry."""


def drawn(given: BoundArguments) -> Shape:
    """Random numbers of shape ``size``; without it one for each of the distribution's parameters."""
    size = given["shape"]
    if size is None:
        parameters = [name for name in DISTRIBUTION if given.values.get(name) is not None]
        return broadcast(map(given.shape, parameters))
    return Shape() if size == () else Shape.of(*given.sizes("shape"))


def drawn_vectors(given: BoundArguments) -> Shape:
    """``np.random.multivariate_normal``: a row as long as ``mean`` for each draw."""
    mean = given.shape("mean")
    return Shape((*(drawn(BoundArguments(given.operation, {"shape": given["shape"]}))), *mean))


def drawn_for_each(given: BoundArguments) -> Shape:
    """``tf.random.gamma``: an array of ``shape`` for each of the distribution's parameters."""
    parameters = [name for name in ("alpha", "beta") if given.values.get(name) is not None]
    return Shape((*filled(given), *broadcast(map(given.shape, parameters))))


def permutation(given: BoundArguments) -> Shape:
    """``np.random.permutation``: of the numbers below ``x``, or of the rows of ``x``."""
    value = given["x"]
    return Shape.of(value) if isinstance(value, int | Expression) else given.shape("x")


def like(given: BoundArguments) -> Shape:
    """Return an array as large as another one, or of ``shape``."""
    if given["shape"] is not None:
        return filled(given)
    return typed(given.shape("x"), given["dtype"])


def array(given: BoundArguments) -> Shape:
    """Return an array of nested lists, numbers and arrays; ``shape`` and ``ndmin`` as in the libraries."""
    if given["shape"] is not None:
        return filled(given)
    dtype = given["dtype"]
    source = given.shape("x")
    if dtype is object or dtype == "object":
        raise UndeterminedError("an array of objects")
    missing = given.known("ndmin", 0) - source.rank
    made = Shape((*(Axis(1) for _ in range(missing)), *source)) if missing > 0 else source
    return typed(made, bool if dtype is None and _holds_truth(given["x"]) else dtype)


def _holds_truth(value: Any) -> bool:
    while isinstance(value, list | tuple) and value and not isinstance(value, Shape):
        value = value[0]
    return isinstance(value, bool)


def placeholder(given: BoundArguments) -> Shape:
    """``K.placeholder`` and ``tf.compat.v1.placeholder``: None is free."""
    if given["shape"] is None:
        return Shape.of(*[None] * given.known("ndim", -1)) if given["ndim"] else _no_shape()
    return filled(given)


def _no_shape() -> Shape:
    raise UndeterminedError("the placeholder has no shape")


def arange(given: BoundArguments) -> Shape:
    """Numbers from ``start`` to below ``stop`` by ``step``."""
    start, stop = given["start"], given["stop"]
    step = 1 if given["step"] is None else given["step"]
    if stop is None:
        start, stop = 0, start
    try:
        return Shape.of(_count(start, stop, step))
    except UndeterminedError:
        return Shape.of(unknown_size())  # a row in any case


def _count(start: Any, stop: Any, step: Any) -> Size:
    for value in (start, stop, step):
        if isinstance(value, bool) or not isinstance(value, int | float | Expression):
            raise UndeterminedError(f"an end of the range is {describe(value)}")
    if any(isinstance(value, Expression) for value in (start, stop, step)):
        if any(isinstance(value, float) for value in (start, stop, step)):
            raise UndeterminedError("a range of fractions")
        if not isinstance(step, int) or step < 1:
            raise UndeterminedError("a range that may run backwards")
        return ceil_divide(subtract(stop, start), step)
    if step == 0:
        raise ShapeError(ErrorKind.ARGUMENT, "arange: the step is 0")
    if not all(map(math.isfinite, (start, stop, step))):
        raise UndeterminedError("an end of the range is not a finite number")
    return int(max(math.ceil((stop - start) / step), 0))


def linspace(given: BoundArguments) -> Any:
    """``num`` numbers between two; between two arrays, along a new axis."""
    if given.flag("retstep"):
        raise UndeterminedError("linspace with its step")
    ends = broadcast([given.shape("start"), given.shape("stop")])
    place = given.normal(given.values.get("axis", 0) or 0, ends.rank + 1, "axis")
    axes = list(ends)
    axes.insert(place, Axis(given.number("num")))
    return Shape(axes)


def eye(given: BoundArguments) -> Shape:
    """Return a matrix, square where only one length is given."""
    rows = given.number("n")
    columns = rows if given["m"] is None else given.number("m")
    before = [] if given["batch_shape"] is None else given.sizes("batch_shape")
    return Shape.of(*before, rows, columns)


def diagonal_matrix(given: BoundArguments) -> Shape:
    """``np.diag``: a matrix of a row, the diagonal of a matrix."""
    source = given.shape("x")
    offset = given.known("k", 0)
    if source.rank == 1:
        size = add(source[0].size, abs(offset))
        return Shape.of(size, size)
    if source.rank == 2:
        rows, columns = source.sizes
        shifted = (rows, subtract(columns, offset)) if offset >= 0 else (add(rows, offset), columns)
        length = minimum(*shifted)
        return Shape.of(maximum(length, 0) if offset else length)
    raise ShapeError(ErrorKind.RANK, f"diag: input must be 1- or 2-d, got {source}")


def trace(given: BoundArguments) -> Shape:
    """Return the sum of the diagonal: both axes are dropped."""
    source = given.shape("x")
    first, second = _diagonal_axes(given, source)
    return Shape(axis for place, axis in enumerate(source) if place not in (first, second))


def diagonal(given: BoundArguments) -> Shape:
    """Return the diagonal as the last axis; both its own axes are dropped."""
    if given["offset"] not in (None, 0):
        raise UndeterminedError("a diagonal other than the main one")
    source = given.shape("x")
    first, second = _diagonal_axes(given, source)
    return Shape((*trace(given), Axis(minimum(source[first].size, source[second].size))))


def _diagonal_axes(given: BoundArguments, source: Shape) -> tuple[int, int]:
    first = 0 if given["axis1"] is None else given["axis1"]
    second = 1 if given["axis2"] is None else given["axis2"]
    return given.normal(first, source.rank, "axis1"), given.normal(second, source.rank, "axis2")


def refilled(given: BoundArguments) -> Shape:
    """``np.resize``: exactly the new shape, whatever the array."""
    return Shape.of(*given.sizes("shape"))
