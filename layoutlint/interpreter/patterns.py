"""The patterns of ``match``: whether a value fits, and the names that it binds."""

from __future__ import annotations

import ast

from layoutlint.interpreter.evaluator import Evaluator
from layoutlint.interpreter.expressions import compare
from layoutlint.interpreter.values import Rest, Scope, Unknown, Value


def matches(ev: Evaluator, pattern: ast.pattern, subject: Value, scope: Scope) -> bool | None:
    """Whether ``subject`` fits; None where nobody can say. Names are bound either way."""
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
    for node in ast.walk(pattern):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if isinstance(name, str):
            ev.bind(name, Unknown(name), scope)
    return None


def _sequence(ev: Evaluator, patterns: list[ast.pattern], subject: Value, scope: Scope) -> bool | None:
    starred = any(isinstance(each, ast.MatchStar) for each in patterns)
    if not isinstance(subject, list | tuple) or starred or any(isinstance(item, Rest) for item in subject):
        for each in patterns:
            if not isinstance(each, ast.MatchStar):
                matches(ev, each, Unknown(), scope)
        return None if not isinstance(subject, str | int) else False
    if len(subject) != len(patterns):
        return False
    answers = [matches(ev, each, item, scope) for each, item in zip(patterns, subject, strict=True)]
    return False if False in answers else (None if None in answers else True)
