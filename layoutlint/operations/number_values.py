"""Elementwise functions on plain numbers that are known: ``np.ceil(7 / 2)`` is 4, ``np.log2(64)`` is 6.

A library may compute in 32 or in 64 bits; what the rounding of floats may decide is not known.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import TypeAlias

from layoutlint.model.errors import UndeterminedError
from layoutlint.operations.bound_arguments import BoundArguments

Number: TypeAlias = int | float

EXACT = 2**24
"""Whole numbers up to this are exact in 32 bits."""
CLOSE = 1e-5
"""A number that is so near a whole one and is not that one may be it in 32 bits."""


def _of_one(compute: Callable[[Number], Number]) -> Callable[[BoundArguments], Number]:
    """Return a function of one number."""
    return lambda given: _checked(compute, _number(given["x"]))


def _of_two(compute: Callable[[int, int], Number]) -> Callable[[BoundArguments], Number]:
    """Return a function of two whole numbers."""

    def value(given: BoundArguments) -> Number:
        left, right = _number(given["x1"]), _number(given["x2"])
        if isinstance(left, float) or isinstance(right, float):
            raise UndeterminedError("not two whole numbers")
        return _checked(compute, left, right)

    return value


def _number(value: object) -> Number:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= EXACT:
        away = abs(value - round(value))
        if away == 0 or away >= CLOSE:
            return value
    raise UndeterminedError("not a number that is known")


def _checked(compute: Callable[..., Number], *operands: Number) -> Number:
    try:
        return _number(compute(*operands))
    except (ArithmeticError, ValueError):
        raise UndeterminedError("no number comes out") from None


def _whole(compute: Callable[[Number], float]) -> Callable[[Number], Number]:
    """Return a function that is known only where a whole number comes out."""

    def computed(value: Number) -> Number:
        found = compute(value)
        if not found.is_integer():
            raise UndeterminedError("not a whole number")
        return found

    return computed


def _power(base: int, exponent: int) -> int:
    if not 0 <= exponent <= EXACT.bit_length():
        raise UndeterminedError("a power that is too large, or a fraction")
    power: int = base**exponent
    return power


_ONE: dict[str, Callable[[Number], Number]] = {
    "ceil": math.ceil,
    "floor": math.floor,
    "trunc": math.trunc,
    "abs": abs,
    "negative": operator.neg,
    "square": lambda value: value * value,
    "sqrt": _whole(math.sqrt),
    "log2": _whole(math.log2),
}
_TWO: dict[str, Callable[[int, int], Number]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "floor_divide": operator.floordiv,
    "mod": operator.mod,
    "power": _power,
    "maximum": max,
    "minimum": min,
}
FUNCTIONS: dict[str, Callable[[BoundArguments], Number]] = {
    **{name: _of_one(compute) for name, compute in _ONE.items()},
    **{name: _of_two(compute) for name, compute in _TWO.items()},
}
