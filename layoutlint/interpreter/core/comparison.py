"""Comparisons of abstract values: true, false, or not known."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from layoutlint.interpreter.core.plain import is_key
from layoutlint.interpreter.core.values import (
    OTHERS,
    Choice,
    External,
    Instance,
    Rest,
    Unknown,
    Value,
    is_enum,
    is_unknown,
)
from layoutlint.model import sizes
from layoutlint.model.sizes import Expression

_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def compare(op: ast.cmpop, left: Value, right: Value) -> bool | None:
    """The truth of one comparison; None where nobody can say."""
    if isinstance(left, Choice) or isinstance(right, Choice):
        answers = {
            compare(op, a, b)
            for a in (left.alternatives if isinstance(left, Choice) else (left,))
            for b in (right.alternatives if isinstance(right, Choice) else (right,))
        }
        return answers.pop() if len(answers) == 1 else None
    if isinstance(op, ast.Is | ast.IsNot):
        same = _identical(left, right)
        return same if same is None or isinstance(op, ast.Is) else not same
    if isinstance(op, ast.In | ast.NotIn):
        inside = _contains(right, left)
        return inside if inside is None or isinstance(op, ast.In) else not inside
    if isinstance(left, Expression) or isinstance(right, Expression):
        difference = _difference(left, right)
        return None if difference is None else bool(_COMPARISONS[type(op)](difference, 0))
    if not _is_plain(left) or not _is_plain(right):
        if isinstance(op, ast.Eq | ast.NotEq) and left is right and not is_unknown(left):
            return isinstance(op, ast.Eq)
        if isinstance(op, ast.Eq | ast.NotEq) and isinstance(left, Instance) and isinstance(right, Instance):
            same = _identical(left, right)
            return same if same is None or isinstance(op, ast.Eq) else not same
        if isinstance(op, ast.Eq | ast.NotEq) and isinstance(left, External) and isinstance(right, External):
            return (left == right) is isinstance(op, ast.Eq)
        return None
    try:
        return bool(_COMPARISONS[type(op)](left, right))
    except Exception:
        return None


def _difference(left: Value, right: Value) -> int | None:
    if isinstance(left, int | Expression) and isinstance(right, int | Expression):
        difference = sizes.subtract(left, right)
        return difference if isinstance(difference, int) else None
    return None


def _is_plain(value: Value) -> bool:
    """Whether the value and all its parts are Python's own."""
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    return isinstance(value, int | float | complex | str | bytes | type(None) | range)


def _identical(left: Value, right: Value) -> bool | None:
    if left is None and right is None:
        return True
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    if left is None or right is None:
        return False
    if isinstance(left, Instance) and is_enum(left.cls) and isinstance(right, Instance):
        return left is right
    if isinstance(left, bool | External) or isinstance(right, bool | External):
        return bool(left == right)
    return True if left is right else None


def _contains(container: Value, item: Value) -> bool | None:
    if isinstance(container, str) and isinstance(item, str):
        return item in container
    if isinstance(container, dict):
        inside = item in container if is_key(item) else None
        return None if inside is False and OTHERS in container else inside
    if isinstance(container, list | tuple | set | frozenset | range):
        if isinstance(container, range):
            return item in container if isinstance(item, int) else None
        answers = [compare(ast.Eq(), item, member) for member in container if not isinstance(member, Rest)]
        if True in answers:
            return True
        uncertain = None in answers or any(isinstance(member, Rest) for member in container)
        return None if uncertain else False
    return None
