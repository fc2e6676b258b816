"""What the conditions of rules compute: comparisons, arithmetic and functions of values, known or not."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec import Struct

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.model import sizes
from layoutlint.model.sizes import Expression


def _difference(left: Value, right: Value) -> float | None:
    """``left - right`` if it is a number; None where nobody can say."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        difference: float = left - right
        return difference
    if isinstance(left, float | str | tuple) or isinstance(right, float | str | tuple):
        return None
    return sizes.difference(left, right)


def _compare_sizes(decide: Callable[[Any, Any], bool]) -> Callable[[Value, Value], Value]:
    def compare(left: Value, right: Value) -> Value:
        if type(left) is int and type(right) is int:
            return decide(left, right)
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        difference = _difference(left, right)
        return UNKNOWN if difference is None else decide(difference, 0)

    return compare


def _equal(left: Value, right: Value) -> Value:
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if type(left) is type(right) and type(left) in PLAIN:
        return left == right
    if isinstance(left, str | bool) or isinstance(right, str | bool):
        return left == right
    if isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            return False
        return all_of(_equal(a, b) for a, b in zip(left, right, strict=True))
    difference = _difference(left, right)
    return UNKNOWN if difference is None else difference == 0


PLAIN: Final = frozenset([str, bool, int])


def negate(value: Value) -> Value:
    return UNKNOWN if value is UNKNOWN else not value


def all_of(values: Iterable[Value]) -> Value:
    return _decided_by(False, values)


def any_of(values: Iterable[Value]) -> Value:
    return _decided_by(True, values)


def _decided_by(deciding: bool, values: Iterable[Value]) -> Value:
    """Return the truth value that one alone decides, else UNKNOWN if any is unknown, else the other one."""
    result: Value = not deciding
    for value in values:
        if value is deciding:
            return deciding
        if value is UNKNOWN:
            result = UNKNOWN
    return result


def contains(value: Value, items: Value) -> Value:
    if items is UNKNOWN:
        return UNKNOWN
    if isinstance(items, str):
        return UNKNOWN if value is UNKNOWN else value in items
    return any_of(_equal(value, item) for item in items)


COMPARISONS: Final[dict[type[ast.cmpop], tuple[str, Callable[[Value, Value], Value]]]] = {
    ast.Eq: ("==", _equal),
    ast.NotEq: ("!=", lambda left, right: negate(_equal(left, right))),
    ast.Lt: ("<", _compare_sizes(operator.lt)),
    ast.LtE: ("<=", _compare_sizes(operator.le)),
    ast.Gt: (">", _compare_sizes(operator.gt)),
    ast.GtE: (">=", _compare_sizes(operator.ge)),
    ast.In: ("in", contains),
    ast.NotIn: ("not in", lambda value, items: negate(contains(value, items))),
}


def _arithmetic(
    on_numbers: Callable[[Any, Any], Any], on_sizes: Callable[[Any, Any], Any] | None
) -> Callable[[Value, Value], Value]:
    def compute(left: Value, right: Value) -> Value:
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        if isinstance(left, int | float) and isinstance(right, int | float):
            try:
                return on_numbers(left, right)
            except (ZeroDivisionError, OverflowError):
                return UNKNOWN
        if on_sizes is None or isinstance(left, float) or isinstance(right, float):
            return UNKNOWN
        return on_sizes(left, right)

    return compute


ARITHMETIC: Final[dict[type[ast.operator], Callable[[Value, Value], Value]]] = {
    ast.Add: _arithmetic(operator.add, sizes.add),
    ast.Sub: _arithmetic(operator.sub, sizes.subtract),
    ast.Mult: _arithmetic(operator.mul, sizes.multiply),
    ast.Div: _arithmetic(operator.truediv, None),
    ast.FloorDiv: _arithmetic(operator.floordiv, sizes.floor_divide),
    ast.Mod: _arithmetic(operator.mod, sizes.modulo),
}


def _minimum(*values: Value) -> Value:
    return _fold(sizes.minimum, min, values)


def _maximum(*values: Value) -> Value:
    return _fold(sizes.maximum, max, values)


def _fold(on_sizes: Callable[[Any, Any], Any], on_numbers: Callable[..., Any], values: Any) -> Value:
    items = values[0] if len(values) == 1 and values[0] is not UNKNOWN else values
    if not isinstance(items, tuple) or not items or any(item is UNKNOWN for item in items):
        return UNKNOWN
    if all(isinstance(item, int | float) for item in items):
        return on_numbers(items)
    if any(isinstance(item, float) for item in items):
        return UNKNOWN
    result = items[0]
    for item in items[1:]:
        result = on_sizes(result, item)
    return result


def _length(value: Value) -> Value:
    return UNKNOWN if value is UNKNOWN else len(value)


def _absolute(value: Value) -> Value:
    return abs(value) if isinstance(value, int | float) else UNKNOWN


def _is_symbolic(value: Value) -> Value:
    return UNKNOWN if value is UNKNOWN else isinstance(value, Expression)


def _is_known(value: Value) -> Value:
    """Tell whether a rule may rely on a fact; the answer itself is never unknown."""
    return value is not UNKNOWN and not isinstance(value, Expression) and value is not None


def _is_free(value: Value) -> Value:
    return UNKNOWN if value is UNKNOWN else value is None


def _text_test(test: Callable[[str, str], bool]) -> Callable[[Value, Value], Value]:
    def compute(value: Value, part: Value) -> Value:
        return UNKNOWN if value is UNKNOWN or part is UNKNOWN else test(value, part)

    return compute


class Function(Struct, frozen=True):
    """A function of the language: what it takes and gives, in types and in words."""

    compute: Callable[..., Value]
    takes: tuple[tuple[Type, ...], ...]
    gives: Type
    meaning: str
    variadic: bool = False


ARGUMENT: Final = "argument"
ARGUMENT_MEANING: Final = "an argument of the layer's constructor, by its Keras 3 name in quotes"
ARGUMENTS: Final = "arguments"
"""The fact that :data:`ARGUMENT` looks into."""

ANY = tuple(Type)
NUMERIC = (Type.SIZE, Type.NUMBER)

FUNCTIONS: Final[dict[str, Function]] = {
    "min": Function(
        _minimum, ((*NUMERIC, Type.LIST),), Type.SIZE, "the smallest of its arguments, or of a list", True
    ),
    "max": Function(
        _maximum, ((*NUMERIC, Type.LIST),), Type.SIZE, "the largest of its arguments, or of a list", True
    ),
    "len": Function(
        _length, ((Type.LIST, Type.TEXT),), Type.NUMBER, "the number of items of a list, of letters of a text"
    ),
    "abs": Function(_absolute, (NUMERIC,), Type.NUMBER, "the absolute value of a number"),
    "symbolic": Function(
        _is_symbolic, (ANY,), Type.TRUTH, "whether a size is known only when the program runs"
    ),
    "known": Function(_is_known, (ANY,), Type.TRUTH, "whether a value is known; never unknown itself"),
    "free": Function(_is_free, (ANY,), Type.TRUTH, "whether a size is free (`None`)"),
    "startswith": Function(
        _text_test(str.startswith), ((Type.TEXT,), (Type.TEXT,)), Type.TRUTH, "whether a text starts with it"
    ),
    "endswith": Function(
        _text_test(str.endswith), ((Type.TEXT,), (Type.TEXT,)), Type.TRUTH, "whether a text ends with it"
    ),
}
