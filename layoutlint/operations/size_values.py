"""Operations whose result is a number or a tuple of sizes: ``x.shape``, ``len(x)``, ``np.prod(x.shape[1:])``.

A free size comes out as None, as ``K.int_shape`` says it; given to a reshape again it is free there too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layoutlint.model.axes import Shape
from layoutlint.model.errors import UndeterminedError
from layoutlint.model.sizes import Expression, Size, add, maximum, minimum, product
from layoutlint.operations.bound_arguments import BoundArguments


def shape(given: BoundArguments) -> tuple[Size, ...]:
    """Return the sizes of all axes."""
    return given.shape("x").sizes


def rank(given: BoundArguments) -> int:
    """Return the number of axes."""
    return given.shape("x").rank


def length(given: BoundArguments) -> Size:
    """Return the size of the first axis."""
    source = given.shape("x")
    if not source:
        raise UndeterminedError("a scalar has no length")
    return source[0].size


def count(given: BoundArguments) -> Size:
    """Return the number of elements, or the size of one axis."""
    source = given.shape("x")
    if given["axis"] is not None and not isinstance(given["axis"], list | tuple):
        return source[given.axis("axis", source.rank)].size
    return product(source.sizes)


def over_numbers(fold: Callable[[list[Size]], Size]) -> Callable[[BoundArguments], Size]:
    """Return a fold over plain whole numbers: ``np.prod((28, 28))`` is 784."""

    def value(given: BoundArguments) -> Size:
        operand: Any = given["x"]
        items = list(operand) if isinstance(operand, list | tuple) else [operand]
        is_plain = all(isinstance(item, int | Expression) and not isinstance(item, bool) for item in items)
        if isinstance(operand, Shape) or not is_plain or not items:
            raise UndeterminedError("not a list of whole numbers")
        return fold(items)

    return value


def _fold(step: Callable[[Size, Size], Size]) -> Callable[[list[Size]], Size]:
    def over(items: list[Size]) -> Size:
        result = items[0]
        for item in items[1:]:
            result = step(result, item)
        return result

    return over


prod = over_numbers(product)
total = over_numbers(_fold(add))
largest = over_numbers(_fold(maximum))
smallest = over_numbers(_fold(minimum))
