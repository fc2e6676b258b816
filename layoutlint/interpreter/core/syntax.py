"""What the evaluator needs of the language that it evaluates; the room ``language`` provides it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.outcomes import StatementSignal
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    ClassValue,
    Deferred,
    External,
    Instance,
    ModuleValue,
    Scope,
    Value,
)

if TYPE_CHECKING:
    from layoutlint.interpreter.core.evaluator import Evaluator


class Modules(Protocol):
    """What imports bring into a program: its own modules, and names from outside."""

    def module(self, ev: Evaluator, name: str, scope: Scope) -> Value:
        """Return what ``import name`` binds."""

    def member(self, ev: Evaluator, node: ast.ImportFrom, name: str, scope: Scope) -> Value:
        """Return what ``from module import name`` binds."""

    def star(self, ev: Evaluator, node: ast.ImportFrom, scope: Scope) -> None:
        """Bind what ``from module import *`` brings."""

    def from_stars(self, ev: Evaluator, name: str, scope: Scope) -> Value:
        """Return what a name means that only a star import can have brought; None if none can."""

    def may_be_missing(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> bool:
        """Return whether an import may fail."""

    def texts(self) -> Iterable[str]:
        """Return the texts of the modules that were read."""

    def attribute(self, ev: Evaluator, value: External, name: str) -> Value:
        """Return an attribute of something from outside."""

    def assign(self, ev: Evaluator, value: External, name: str, assigned: Value) -> None:
        """Set an attribute of something from outside."""

    def module_member(self, ev: Evaluator, module: ModuleValue, name: str) -> Value:
        """Return a name of a module of the program."""

    def resolve(self, ev: Evaluator, deferred: Deferred) -> Value:
        """Return what a name that was imported from a module of the program stands for."""


class Syntax(Struct, frozen=True):
    """One function for each kind of statement and of expression, calls, assignment, and the iteration over
    objects of the program's own classes.
    """

    statements: Mapping[type[ast.stmt], Callable[..., StatementSignal]]
    expressions: Mapping[type[ast.expr], Callable[..., Value]]
    call: Callable[[Site, Value, Arguments], Value]
    assign: Callable[[Evaluator, ast.expr, Value, Scope], None]
    bind: Callable[[Evaluator, str, Value, Scope], None]
    items: Callable[[Evaluator, Instance | ClassValue], list[Value] | None]
