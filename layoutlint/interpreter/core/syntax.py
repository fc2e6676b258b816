"""What the evaluator needs of the language that it evaluates; the room ``language`` provides it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.outcomes import Signal
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import ClassValue, Instance, Scope, Value
from layoutlint.model.frozen import dataclass

if TYPE_CHECKING:
    from layoutlint.interpreter.core.evaluator import Evaluator


@dataclass(frozen=True, slots=True)
class Syntax:
    """One function for each kind of statement and of expression, calls, assignment, and the iteration over
    objects of the program's own classes.
    """

    statements: Mapping[type[ast.stmt], Callable[[Evaluator, Any, Scope], Signal]]
    expressions: Mapping[type[ast.expr], Callable[[Evaluator, Any, Scope], Value]]
    call: Callable[[Site, Value, Arguments], Value]
    assign: Callable[[Evaluator, ast.expr, Value, Scope], None]
    bind: Callable[[Evaluator, str, Value, Scope], None]
    items: Callable[[Evaluator, Instance | ClassValue], list[Value] | None]
