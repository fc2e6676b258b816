"""Conditions that decide others: where ``n > 2`` holds, ``n <= 2`` and ``n == 1`` do not.

Conditions are known by their text. What they compare with a constant, an expression written alike, is
gathered from those that hold; everything else is decided by its own text alone.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, cast

from msgspec import Struct

from layoutlint.model.syntax_text import expression_of, written

NOT: Final = "not ("


def negation(text: str) -> str:
    """Return the text of the condition that holds where another does not."""
    return f"{NOT}{text})"


class _Has(ast.cmpop):
    """The sign of ``"cnn" in kind``, with the expression on the left."""


class _Lacks(ast.cmpop):
    """The sign of ``"cnn" not in kind``."""


class _Begins(ast.cmpop):
    """The sign of ``kind.startswith("cnn")``."""


class _BeginsOtherwise(ast.cmpop):
    """The sign of ``not kind.startswith("cnn")``."""


class _Ends(ast.cmpop):
    """The sign of ``kind.endswith("2d")``."""


class _EndsOtherwise(ast.cmpop):
    """The sign of ``not kind.endswith("2d")``."""


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
    _Has: _Lacks,
    _Lacks: _Has,
    _Begins: _BeginsOtherwise,
    _BeginsOtherwise: _Begins,
    _Ends: _EndsOtherwise,
    _EndsOtherwise: _Ends,
}
_MIRRORED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
    ast.In: _Has,
    ast.NotIn: _Lacks,
}
_METHODS: Final[dict[str, type[ast.cmpop]]] = {"startswith": _Begins, "endswith": _Ends}
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
    _Has: lambda value, part: part in value,
    _Lacks: lambda value, part: part not in value,
    _Begins: lambda value, part: value.startswith(part),
    _BeginsOtherwise: lambda value, part: not value.startswith(part),
    _Ends: lambda value, part: value.endswith(part),
    _EndsOtherwise: lambda value, part: not value.endswith(part),
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


def in_full(text: str, constants: Mapping[str, str]) -> str:
    """Return a condition with what some of its names, or attributes, stand for: ``kind in ['cnn', 'lstm']``
    for ``kind in KINDS``.
    """
    mentioned = tuple((name, known) for name, known in constants.items() if name in text)
    return _in_full(text, mentioned) if mentioned else text


@lru_cache(maxsize=512)
def _in_full(text: str, constants: tuple[tuple[str, str], ...]) -> str:
    try:
        return written(_Constants(dict(constants)).visit(expression_of(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text  # a long condition is cut


class _Constants(ast.NodeTransformer):
    """Writes constants for the names that hold them."""

    def __init__(self, constants: Mapping[str, str]) -> None:
        self.constants = constants

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._constant(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self._constant(node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        match node:
            case ast.Call(ast.Attribute(ast.Name(name), "keys"), [], []) if name in self.constants:
                return expression_of(self.constants[name])
            case _:
                return cast("ast.expr", self.generic_visit(node))

    def _constant(self, node: ast.Name | ast.Attribute) -> ast.expr:
        known = self.constants.get(written(node))
        return node if known is None else expression_of(known)


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
        case ast.BoolOp(_, values):
            found = _either([list(_of(value, holds=holds)) for value in values])
            if found is not None:
                yield found
        case ast.Compare(left, [sign], [right]):
            found = _comparison(left, type(sign), right)
            if found is not None:
                yield found if holds else found.negated()
        case ast.Call(ast.Attribute(left, name), [ast.Constant(str() as part)], []) if name in _METHODS:
            found = _Comparison(written(left), _METHODS[name], part)
            yield found if holds else found.negated()


def _either(parts: list[list[_Comparison]]) -> _Comparison | None:
    """Return ``x in [a, b]`` for ``x == a or x == b``; None for anything else."""
    each = [part[0] for part in parts if len(part) == 1]
    named = [_named(one) for one in each if one.sign in (ast.Eq, ast.Is, ast.In)]
    if len(named) < len(parts) or None in named or len({one.left for one in each}) > 1:
        return None
    return _Comparison(each[0].left, ast.In, [value for values in named for value in values or ()])


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
    possible = _possible(known)
    if possible is not None:
        answers = {_holds(asked, value) for value in possible}
        return answers.pop() if len(answers) == 1 else None
    if any(each == asked for each in known):
        return True
    if any(each.negated() == asked for each in known):
        return False
    named = _named(asked)
    if named is not None and not any(
        all(_holds(each, value) is not False for each in known) for value in named
    ):
        return asked.sign not in (ast.Eq, ast.Is, ast.In)
    try:
        return _by_bounds(known, asked)
    except TypeError:
        return None  # of kinds that Python does not compare


def _possible(known: list[_Comparison]) -> list[Any] | None:
    """Return the values that an expression may have; None where nothing names them."""
    names = (_named(each) for each in known if each.sign in (ast.Eq, ast.Is, ast.In))
    values = next((found for found in names if found is not None), None)
    if values is None:
        return None
    return [value for value in values if all(_holds(each, value) is not False for each in known)]


def _named(comparison: _Comparison) -> Sequence[Any] | None:
    """Return the values that a comparison names: one, those of a list; None where it is not of that kind."""
    if comparison.sign in (ast.Eq, ast.NotEq, ast.Is, ast.IsNot):
        return (comparison.right,)
    if comparison.sign in (ast.In, ast.NotIn) and isinstance(comparison.right, list | tuple | set | dict):
        return tuple(comparison.right)
    return None


def _holds(comparison: _Comparison, value: Any) -> bool | None:
    """Tell whether a comparison holds for a value; None where Python would raise."""
    try:
        return bool(_COMPARE[comparison.sign](value, comparison.right))
    except (TypeError, AttributeError):
        return None


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
