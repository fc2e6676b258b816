"""Conditions that decide others: where ``n > 2`` holds, ``n <= 2`` and ``n == 1`` do not.

Conditions are known by their text. What they compare with a constant, an expression written alike, is
gathered from those that hold; everything else is decided by its own text alone.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from layoutlint.model.syntax_text import expression_of, written

NOT: Final = "not ("


def negation(text: str) -> str:
    """Return the text of the condition that holds where another does not."""
    return f"{NOT}{text})"


_COMPLEMENT: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_MIRRORED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}
_COMPARE: Final[dict[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Lt: operator.lt,
    ast.Gt: operator.gt,
    ast.LtE: operator.le,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.In: lambda value, others: value in others,
    ast.NotIn: lambda value, others: value not in others,
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
}
COUNTS: Final = re.compile(r"^len\(|\.shape\[[^\]]*\]$|\.ndim$")
"""Expressions whose values are whole numbers."""


class _Comparison(Struct, frozen=True):
    """An expression, by its text, compared with a constant."""

    left: str
    sign: type[ast.cmpop]
    right: Any

    def negated(self) -> _Comparison:
        return _Comparison(self.left, _COMPLEMENT[self.sign], self.right)


def decides(held: Iterable[str], condition: str) -> bool | None:
    """Tell whether a condition holds where others do; None where they do not say so."""
    texts = list(held)
    positive, wanted = _positive(condition)
    for text in texts:
        other, holds = _positive(text)
        if other == positive:
            return holds is wanted
    asked = list(_comparisons(condition))
    if len(asked) != 1:
        return None
    known = [each for text in texts for each in _comparisons(text) if each.left == asked[0].left]
    return _follows(known, asked[0]) if known else None


@lru_cache(maxsize=512)
def _positive(text: str) -> tuple[str, bool]:
    """Return a condition without the ``not`` before it, and whether it has to hold."""
    holds = True
    try:
        node = expression_of(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # a long condition is cut
        is_negated = text.startswith(NOT) and text.endswith(")")
        return (text.removeprefix(NOT)[:-1], False) if is_negated else (text, True)
    while isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node, holds = node.operand, not holds
    return written(node), holds


@lru_cache(maxsize=512)
def _comparisons(text: str) -> tuple[_Comparison, ...]:
    """Return the comparisons that all hold where a condition does."""
    try:
        return tuple(_of(expression_of(text), holds=True))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()  # a long condition is cut


def _of(node: ast.expr, *, holds: bool) -> Iterator[_Comparison]:
    match node:
        case ast.UnaryOp(ast.Not(), operand):
            yield from _of(operand, holds=not holds)
        case ast.BoolOp(op, values) if isinstance(op, ast.And) is holds:
            for value in values:
                yield from _of(value, holds=holds)
        case ast.Compare(left, [sign], [right]):
            found = _comparison(left, type(sign), right)
            if found is not None:
                yield found if holds else found.negated()


def _comparison(left: ast.expr, sign: type[ast.cmpop], right: ast.expr) -> _Comparison | None:
    if sign not in _COMPARE:
        return None
    known, value = _constant(right)
    if known:
        return _Comparison(written(left), sign, value)
    known, value = _constant(left)
    return _Comparison(written(right), _MIRRORED[sign], value) if known and sign in _MIRRORED else None


def _constant(node: ast.expr) -> tuple[bool, Any]:
    try:
        return True, ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False, None


def _follows(known: list[_Comparison], asked: _Comparison) -> bool | None:
    """Tell whether a comparison follows from others of the same expression."""
    exact = next((each.right for each in known if each.sign in (ast.Eq, ast.Is)), _Nothing)
    try:
        if exact is not _Nothing:
            return bool(_COMPARE[asked.sign](exact, asked.right))
        if any(each == asked for each in known):
            return True
        if any(each.negated() == asked for each in known):
            return False
        return _by_bounds(known, asked)
    except TypeError:
        return None  # of kinds that Python does not compare


class _Nothing:
    """No value is known."""


def _by_bounds(known: list[_Comparison], asked: _Comparison) -> bool | None:
    """Tell whether bounds decide a comparison with a number."""
    if not isinstance(asked.right, int | float):
        return None
    low, high = -math.inf, math.inf
    open_low = open_high = False
    whole = COUNTS.search(asked.left) is not None
    for each in known:
        bound = each.right
        if not isinstance(bound, int | float):
            continue
        if each.sign in (ast.Gt, ast.GtE) and bound >= low:
            is_open = each.sign is ast.Gt or (open_low and bound == low)
            low, open_low = (bound + 1, False) if whole and each.sign is ast.Gt else (bound, is_open)
        if each.sign in (ast.Lt, ast.LtE) and bound <= high:
            is_open = each.sign is ast.Lt or (open_high and bound == high)
            high, open_high = (bound - 1, False) if whole and each.sign is ast.Lt else (bound, is_open)
    return _within(asked.sign, asked.right, (low, open_low), (high, open_high))


def _within(
    sign: type[ast.cmpop], value: float, low: tuple[float, bool], high: tuple[float, bool]
) -> bool | None:
    """Tell whether all numbers between two bounds, or none, compare so with a value."""
    above = low[0] > value or (low[0] == value and low[1])
    below = high[0] < value or (high[0] == value and high[1])
    if sign in (ast.Eq, ast.NotEq):
        return sign is ast.NotEq if above or below else None
    if sign is ast.Gt:
        return True if above else False if high[0] <= value else None
    if sign is ast.GtE:
        return True if low[0] >= value else False if below else None
    if sign is ast.Lt:
        return True if below else False if low[0] >= value else None
    if sign is ast.LtE:
        return True if high[0] <= value else False if above else None
    return None
