"""What a test for None says of a name on the side where it holds: ``if image is not None:``."""

from __future__ import annotations

import ast

from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.values import Choice, Scope


def assume(ev: Evaluator, test: ast.expr, scope: Scope, *, holds: bool) -> None:
    """Leave None out of what the names may be that a test which holds, or does not, says are not None."""
    match test:
        case ast.UnaryOp(ast.Not(), operand):
            assume(ev, operand, scope, holds=not holds)
        case ast.BoolOp(operator, values) if isinstance(operator, ast.And) is holds:
            for each in values:
                assume(ev, each, scope, holds=holds)
        case ast.Compare(left, [ast.Is() | ast.IsNot() as sign], [ast.Constant(None)]):
            if isinstance(sign, ast.IsNot) is holds:
                _is_something(ev, left, scope)
        case _ if holds:
            _is_something(ev, test, scope)


def _is_something(ev: Evaluator, node: ast.expr, scope: Scope) -> None:
    name = node.target if isinstance(node, ast.NamedExpr) else node
    value = scope.variables.get(name.id) if isinstance(name, ast.Name) else None
    if not isinstance(name, ast.Name) or not isinstance(value, Choice):
        return
    others = [each for each in value.alternatives if each is not None]
    if others and len(others) < len(value.alternatives):
        ev.journal.touch(scope.variables)
        scope.variables[name.id] = join_all(others)
