"""The site of a call: where in the program something is evaluated, and by whom."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.journal import Journal
from layoutlint.interpreter.core.values import Scope, Unknown, Value
from layoutlint.model.graph import Call, Graph, Layer, Nested, Tensor
from layoutlint.model.origins import Origin, SourceOrigin

if TYPE_CHECKING:
    from layoutlint.interpreter.core.evaluator import Evaluator


class Site(Struct, frozen=True):
    """Where something is evaluated: the evaluator, the syntax node that asks for it, and the scope around it.

    What handlers need of the evaluator is offered here under its own name.
    """

    evaluator: Evaluator
    node: ast.AST
    scope: Scope

    def at(self, node: ast.AST) -> Site:
        """Return the site of another syntax node in the same scope."""
        return Site(self.evaluator, node, self.scope)

    @property
    def origin(self) -> SourceOrigin:
        """Where the syntax node is."""
        return self.evaluator.origin(self.node, self.scope)

    @property
    def journal(self) -> Journal:
        """The journal of what branches change."""
        return self.evaluator.journal

    @property
    def graph(self) -> Graph:
        """The graph of the program so far."""
        return self.evaluator.graph

    def presumed(self, default: Value, name: str, reason: str) -> Value:
        """Return what a setting is if whoever runs the program does not set it; unknown where nothing is
        presumed.
        """
        if self.evaluator.cautious:
            return Unknown(name, self.origin, reason)
        self.evaluator.presumed = True
        return default

    def lost(self, reason: str) -> Unknown:
        """Return a new unknown value, with the reason for those who ask where knowledge was lost."""
        return Unknown(None, self.origin, reason)

    def eval(self, node: ast.expr) -> Value:
        """Return the value of an expression."""
        return self.evaluator.eval(node, self.scope)

    def call(self, callee: Value, arguments: Arguments) -> Value:
        """Return the value of a call."""
        return self.evaluator.call(self, callee, arguments)

    def items(self, value: Value) -> list[Value] | None:
        """Return the items of an iterable in order, None if nothing is known."""
        return self.evaluator.items(value)

    def element(self, value: Value) -> Value:
        """Return what is known of an item of something whose items are not known."""
        return self.evaluator.element(value, self)

    def list_of(self, items: Iterable[Value]) -> list[Value]:
        """Return a new list of the program."""
        return self.journal.born(list(items))

    def dict_of(self, items: Iterable[tuple[Value, Value]]) -> dict[Value, Value]:
        """Return a new dict of the program."""
        return self.journal.born(dict(items))

    def choose(self, branches: list[Callable[[], Value]], conditions: tuple[str, ...] = ()) -> Value:
        """Return the joined value of several ways to go on, each undone before the next."""
        return self.evaluator.choose(branches, conditions)

    def use(
        self,
        layer: Layer,
        inputs: Nested[Tensor],
        origin: Origin,
        keywords: Mapping[str, object] | None = None,
    ) -> Call:
        """Return one use of a layer or operation on tensors, recorded."""
        return self.evaluator.use(layer, inputs, origin, keywords)

    def noted(self, name: str, config: Mapping[str, Any], inputs: Nested[Tensor]) -> Call:
        """Put what happens here into the graph, as an operation whose outputs are not inferred."""
        layer, conditions = (
            Layer(name, config, self.origin, kind="operation"),
            tuple(self.evaluator.conditions),
        )
        return self.evaluator.record(Call(layer, inputs, {}, self.origin, conditions=conditions))


Handler: TypeAlias = Callable[[Site, Arguments], Value]
"""What carries out a call of something that the interpreter knows."""
