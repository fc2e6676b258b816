"""Comparisons of abstract values: true, false, or not known."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable

from layoutlint.interpreter.core.extent import is_small
from layoutlint.interpreter.core.plain import is_key, is_plain
from layoutlint.interpreter.core.values import (
    OTHERS,
    Choice,
    External,
    Instance,
    Rest,
    Unknown,
    Value,
    alternatives,
    has_rest,
    is_enum,
    is_unknown,
)
from layoutlint.model import sizes
from layoutlint.model.sizes import Expression

_COMPARISONS: dict[type[ast.cmpop], Callable[..., object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def compare(op: ast.cmpop, left: Value, right: Value) -> bool | None:
    """Return the truth of one comparison; None where nobody can say."""
    if isinstance(left, Choice) or isinstance(right, Choice):
        answers = {compare(op, a, b) for a in alternatives(left) for b in alternatives(right)}
        return answers.pop() if len(answers) == 1 else None
    match op:
        case ast.Is():
            return _identical(left, right)
        case ast.IsNot():
            return _not(_identical(left, right))
        case ast.In():
            return _contains(right, left)
        case ast.NotIn():
            return _not(_contains(right, left))
        case ast.Eq():
            answer = _same_thing(left, right)
        case ast.NotEq():
            answer = _not(_same_thing(left, right))
        case _:
            answer = None
    return answer if answer is not None else _computed(_COMPARISONS[type(op)], left, right)


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _same_thing(left: Value, right: Value) -> bool | None:
    """Tell whether two values that are no numbers and texts are equal; None where nobody can say."""
    match left, right:
        case External(), External():
            return _is_one_name(left, right)
        case Instance(), Instance():
            return True if left is right else _identical(left, right)
        case _:
            is_one = left is right and not is_unknown(left) and not is_plain(left)
            return True if is_one and not isinstance(left, Expression) else None


def _is_one_name(left: External, right: External) -> bool | None:
    """Tell whether two names from outside are one thing: different ones may both name a constant."""
    if left == right:
        return True
    return False if left.is_definite and right.is_definite else None


def _computed(function: Callable[..., object], left: Value, right: Value) -> bool | None:
    """Return what Python says of numbers, texts and containers of them, and what sizes say of their
    difference.
    """
    if isinstance(left, Expression) or isinstance(right, Expression):
        difference = _difference(left, right)
        return None if difference is None else bool(function(difference, 0))
    if not is_plain(left) or not is_plain(right):
        return None
    try:
        return bool(function(left, right))
    except Exception:
        return None


def _difference(left: Value, right: Value) -> int | None:
    match left, right:
        case ((int() | Expression()), (int() | Expression())):
            return sizes.difference(left, right)
        case _:
            return None


def _identical(left: Value, right: Value) -> bool | None:
    match left, right:
        case None, None:
            return True
        case (Unknown(), _) | (_, Unknown()):
            return None
        case External(), External():
            return _is_one_name(left, right)
        case (External() as name, _) | (_, (External() as name)):
            return False if name.is_definite else None
        case (None, _) | (_, None):
            return False
        case Instance(), Instance() if is_enum(left.cls):
            return left is right
        case (bool(), _) | (_, bool()):
            return left == right
        case _:
            return True if left is right else None


def _contains(container: Value, item: Value) -> bool | None:
    match container, item:
        case str(), str():
            return item in container
        case dict(), _:
            inside = item in container if is_key(item) else None
            return None if inside is False and OTHERS in container else inside
        case range(), int():
            return item in container
        case ((list() | tuple() | set() | frozenset()), _):
            if not is_small([item, *container]):
                return None
            answers = [
                compare(ast.Eq(), item, member) for member in container if not isinstance(member, Rest)
            ]
            if True in answers:
                return True
            return None if None in answers or has_rest(container) else False
        case _:
            return None
