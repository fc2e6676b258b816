"""The patterns of ``match``: whether a value fits, and the names that it binds."""

from __future__ import annotations

import ast

from layoutlint.interpreter.core.classes import is_a
from layoutlint.interpreter.core.comparison import compare
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.values import (
    OTHERS,
    Choice,
    External,
    Instance,
    Rest,
    Scope,
    Unknown,
    Value,
    has_rest,
)
from layoutlint.interpreter.language.assignment import spread


def matches(ev: Evaluator, pattern: ast.pattern, subject: Value, scope: Scope) -> bool | None:
    """Tell whether ``subject`` fits; None where nobody can say. Names are bound either way."""
    answer: bool | None = None
    match pattern:
        case ast.MatchValue(value):
            return compare(ast.Eq(), subject, ev.eval(value, scope))
        case ast.MatchSingleton(value):
            return compare(ast.Is(), subject, value)
        case ast.MatchAs(None, None):
            return True
        case ast.MatchAs(inner, name):
            answer = True if inner is None else matches(ev, inner, subject, scope)
            if name is not None:
                ev.bind(name, subject, scope)
            return answer
        case ast.MatchOr(patterns):
            answers = [matches(ev, each, subject, scope) for each in patterns]
            return True if True in answers else (None if None in answers else False)
        case ast.MatchSequence(patterns):
            return _sequence(ev, patterns, subject, scope)
        case ast.MatchMapping(keys, patterns, None) if isinstance(subject, dict) and OTHERS not in subject:
            return _mapping(ev, [ev.eval(key, scope) for key in keys], patterns, subject, scope)
        case ast.MatchMapping() if not isinstance(subject, dict | Unknown | External | Choice | Instance):
            answer = False
        case ast.MatchClass(cls, patterns, [], []) if len(patterns) < 2:
            return _instance(ev, ev.eval(cls, scope), patterns, subject, scope)
    for node in ast.walk(pattern):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if isinstance(name, str):
            ev.bind(name, Unknown(name), scope)
    return answer


def _all(answers: list[bool | None]) -> bool | None:
    return False if False in answers else (None if None in answers else True)


def _mapping(
    ev: Evaluator, keys: list[Value], patterns: list[ast.pattern], subject: dict[Value, Value], scope: Scope
) -> bool | None:
    if not all(key in subject for key in keys):
        for each in patterns:
            matches(ev, each, Unknown(), scope)
        return False
    return _all([matches(ev, each, subject[key], scope) for key, each in zip(keys, patterns, strict=True)])


def _instance(
    ev: Evaluator, cls: Value, patterns: list[ast.pattern], subject: Value, scope: Scope
) -> bool | None:
    """``int(n)``, ``Config()``: a built-in class binds the subject itself to its one pattern."""
    answer = is_a(subject, cls)
    inner = [matches(ev, each, subject if answer else Unknown(), scope) for each in patterns]
    if inner and not isinstance(cls, External):
        return None if answer is not False else False
    return _all([answer, *inner]) if answer else answer


def _sequence(ev: Evaluator, patterns: list[ast.pattern], subject: Value, scope: Scope) -> bool | None:
    if not isinstance(subject, list | tuple) or has_rest(subject):
        for each in patterns:
            _bind_star(ev, each, [Rest(Unknown())], scope) or matches(ev, each, Unknown(), scope)
        return None if isinstance(subject, list | tuple | Unknown | External | Choice) else False
    items = spread(ev, [*subject], [isinstance(each, ast.MatchStar) for each in patterns])
    if items is None:
        return False
    return _all(
        [
            True if _bind_star(ev, each, item, scope) else matches(ev, each, item, scope)
            for each, item in zip(patterns, items, strict=True)
        ]
    )


def _bind_star(ev: Evaluator, pattern: ast.pattern, items: Value, scope: Scope) -> bool:
    if not isinstance(pattern, ast.MatchStar):
        return False
    if pattern.name is not None:
        ev.bind(pattern.name, items, scope)
    return True
