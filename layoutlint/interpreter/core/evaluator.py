"""The evaluator: one program's modules over abstract values, into one graph, within a budget.

Statements are in ``statements``, expressions in ``expressions``, entering functions and classes in ``calls``;
how branches are followed and joined is in ``branches``, loops are in ``loops``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, cast

from layoutlint.inference import layer_call
from layoutlint.interpreter.core import arrays, library_objects
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.bodies import BodyFacts, body_facts
from layoutlint.interpreter.core.budget import Limits
from layoutlint.interpreter.core.described import Entry
from layoutlint.interpreter.core.limits import MAX_ITEMS
from layoutlint.interpreter.core.loops import Loops
from layoutlint.interpreter.core.outcomes import Apart, Mixed, Signal, StatementSignal
from layoutlint.interpreter.core.registry import Registry
from layoutlint.interpreter.core.scenarios import followed_to
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.syntax import Modules, Syntax
from layoutlint.interpreter.core.values import (
    OTHERS,
    ClassValue,
    FunctionValue,
    Instance,
    LibraryObject,
    ModelValue,
    ModuleValue,
    Rest,
    Scope,
    Unknown,
    Value,
    text_of,
)
from layoutlint.model.graph import Call, Graph, Layer, Nested, Source, Tensor, flatten
from layoutlint.model.keras_version import OPEN
from layoutlint.model.origins import Origin, SourceFile, SourceOrigin

ReadWeights: TypeAlias = (
    "Callable[[Path, Mapping[str, Any]], Mapping[str, Mapping[str, tuple[int, ...]]] | None]"
)
"""What reads the shapes of a file of weights for the layers of a model, as Keras saves it, by their paths."""

_TOO_MUCH = (ArithmeticError, RecursionError, MemoryError)
"""What Python raises where a value is too large for it, whoever computes with it."""
RECORDED = 64
"""What a call in the graph costs, in items: it stays there, with its layer and its shapes."""


class Evaluator(Loops):
    """Evaluates the modules of one program into one graph."""

    def __init__(
        self,
        file: SourceFile,
        syntax: Syntax,
        registry: Registry,
        importer: Modules,
        limits: Limits | None = None,
    ) -> None:
        super().__init__(limits or Limits())
        self._syntax = syntax
        self._statements, self._expressions, self._call = syntax.statements, syntax.expressions, syntax.call
        self.registry = registry
        self.file = file
        self.graph = Graph(file.path)
        self.importer = importer
        self.knowledge: Mapping[str, Entry] = {}
        self.read_model: Callable[[Path], Graph] | None = None
        self.read_weights: ReadWeights | None = None
        self._settings: dict[str, Value] = {"data_format": "channels_last"}
        """What Keras is set to: changed in branches like any other memory."""
        self.keras = OPEN
        self.statement: ast.expr | None = None
        """The innermost expression that is a statement of its own and is being evaluated."""
        self.tracing = 0
        """In how many calls of the program's own layers and models evaluation is."""
        self.cautious = False
        """Whether what another caller or another order of calls may replace is unknown, and not presumed."""
        self.presumed = False
        """Whether something was presumed: defaults of the command line and of a function that nothing calls,
        what an object holds.
        """
        self.functions: list[FunctionValue] = []
        self.classes: list[ClassValue] = []
        self.models: list[ModelValue] = []
        self.objects: list[tuple[Instance, tuple[str, ...]]] = []
        """The layers and models of the program's own classes, and under which conditions each is made."""
        self.stack: list[FunctionValue] = []
        self.flags: dict[str, Value] = {}
        """What the program defined with ``absl.flags``: one set for all its modules."""
        self._body_facts: dict[ast.AST, BodyFacts] = {}
        self.followed: set[tuple[int, str]] = set()
        """The program's own losses, metrics and steps that were followed, with the shapes of their data."""
        self.saved: dict[Value, Value] = {}
        """The models that the program saved, by the path."""
        self.saved_weights: dict[Value, Any] = {}
        """The weights that the program saved, by the path: of which model, and their shapes by layer."""
        self.neighbours: Callable[[Evaluator, str], Sequence[Evaluator]] = lambda ev, name: ()
        """The other programs that may have saved a file of a name, evaluated."""
        self.holding_arrays: set[int] = set()
        """The serials of unknown values into which the program stores arrays of several axes, or what may be
        some.
        """
        self.declared_at: dict[Layer, SourceOrigin] = {}
        self.declared_from: dict[Layer, tuple[Source | None, ...]] = {}
        self.merged: dict[Layer, Value] = {}
        """What the ``Merge`` layers of Keras 1 merge: models, each with inputs of its own."""

    @property
    def data_format(self) -> str | None:
        """The data format that Keras is set to; None where nobody knows."""
        return text_of(self._settings["data_format"])

    @data_format.setter
    def data_format(self, meaning: str | None) -> None:
        self.journal.touch(self._settings)
        self._settings["data_format"] = Unknown() if meaning is None else meaning

    # ------------------------------------------------------------------ recording

    def origin(self, node: ast.AST, scope: Scope) -> SourceOrigin:
        """Return where a syntax node is."""
        placed = cast("ast.expr", node)  # nothing is evaluated at a node without a place
        return SourceOrigin(scope.module.file if scope.module else self.file, placed)

    def lost(self, node: ast.AST, scope: Scope, reason: str) -> Unknown:
        """Return a new unknown value, with the reason for those who ask where knowledge was lost."""
        return Unknown(None, self.origin(node, scope), reason)

    def record(self, made: Call) -> Call:
        """Put a call into the graph. Calls in imported modules stay with their module's file."""
        self.charge(RECORDED)
        self.graph.calls.append(made)
        return made

    def use(
        self,
        layer: Layer,
        inputs: Nested[Tensor],
        origin: Origin,
        keywords: Mapping[str, object] | None = None,
    ) -> Call:
        """Return one use of a layer or operation on tensors, recorded."""
        conditions, is_symbolic = tuple(self.conditions), partial(self.is_symbolic, inputs)
        return self.record(layer_call.call(layer, inputs, origin, keywords, conditions, is_symbolic))

    def is_symbolic(self, inputs: Nested[Tensor]) -> bool:
        """Tell whether tensors are symbolic ones of Keras: they come from an Input, and the call stands in no
        ``call`` of the program's own, which Keras traces.
        """
        waiting = [] if self.tracing else list(flatten(inputs))
        seen: set[int] = set()
        while waiting:
            made = waiting.pop().producer
            if made is None or id(made) in seen:
                continue
            if made.layer.kind == "input":
                return True
            seen.add(id(made))
            waiting += made.input_tensors
        return False

    @contextmanager
    def traced(self) -> Iterator[None]:
        """Evaluate inside of what Keras traces: a ``call`` of the program's own, a Lambda's function."""
        self.tracing += 1
        try:
            yield
        finally:
            self.tracing -= 1

    @contextmanager
    def looped(self) -> Iterator[None]:
        """Evaluate all rounds of one loop; the graph says which calls they make."""
        calls = self.graph.calls
        before = len(calls)
        yield
        if len(calls) > before + 1:
            self.graph.loops.append((calls[before], calls[-1]))

    # ------------------------------------------------------------------ expressions and statements

    def eval(self, node: ast.expr, scope: Scope) -> Value:
        """Return the value of an expression; unknown where its parts are too large or too many to follow."""
        try:
            return self._expressions[type(node)](self, node, scope)
        except _TOO_MUCH as error:
            return self._too_much(error, node, scope)

    def unless_too_much(self, run: Callable[[], Value], node: ast.expr, scope: Scope) -> Value:
        """Return a part of the value of an expression as :meth:`eval` does the whole."""
        try:
            return run()
        except _TOO_MUCH as error:
            return self._too_much(error, node, scope)

    def _too_much(self, error: Exception, node: ast.expr, scope: Scope) -> Value:
        deep = isinstance(error, RecursionError)
        return self.lost(node, scope, "nested too deeply to follow" if deep else "too large to follow")

    def call(self, site: Site, callee: Value, arguments: Arguments) -> Value:
        """Return the value of a call."""
        return self._call(site, callee, arguments)

    def execute(self, statements: list[ast.stmt], scope: Scope, start: int = 0) -> Signal:
        """Run statements in order; returns how they ended."""
        for index in range(start, len(statements)):
            statement = statements[index]
            signal = self.execute_one(statement, scope)
            if isinstance(signal, Apart):
                end = followed_to(signal.names, statements, index + 1)
                rest = partial(self.execute, statements[:end], scope, index + 1)
                signal = self.go_on_apart(statement, signal, rest)
                if signal is None:
                    return self.execute(statements, scope, end)
                index = end - 1
            if isinstance(signal, Mixed):
                return self.go_on(signal.sides, partial(self.execute, statements, scope, index + 1))
            if signal is not None:
                return signal
        return None

    def execute_one(self, statement: ast.stmt, scope: Scope) -> StatementSignal:
        """Run one statement; the caller goes on for each of the sides that it may leave apart."""
        self.step()
        handler = self._statements.get(type(statement))
        return handler(self, statement, scope) if handler else None

    def items(self, value: Value) -> list[Value] | None:
        """Return the items of an iterable in order (a :class:`Rest` for any number more); None if nothing is
        known.
        """
        match value:
            case list() | tuple():
                self.charge(len(value))
                return list(value)
            case range() | str() | bytes():
                if len(value) > MAX_ITEMS:
                    return None
                self.charge(len(value))
                return list(value)
            case dict() | set() | frozenset():
                self.charge(len(value))
                known = [key for key in value if key is not OTHERS]
                return known if len(known) == len(value) else [*known, Rest(Unknown())]
            case Instance() | ClassValue():
                return self._syntax.items(self, value)
            case Tensor():
                return arrays.iterate_tensor(value) if value.shape else None
            case LibraryObject():
                return library_objects.items(self, value)
            case _:
                return None

    def element(self, value: Value, site: Site) -> Value:
        """Return what is known of an item of something whose items are not known."""
        if isinstance(value, Tensor):
            return Tensor(None)
        return site.lost("an item of something unknown")

    # ------------------------------------------------------------------ assignment

    def assign(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Bind a target (a name, attribute, item or a pattern of them) to a value."""
        self._syntax.assign(self, target, value, scope)

    def bind(self, name: str, value: Value, scope: Scope) -> None:
        """Bind a name in the scope that it belongs to."""
        self._syntax.bind(self, name, value, scope)

    # ------------------------------------------------------------------ functions and classes

    def define(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: Scope
    ) -> FunctionValue:
        """Return the function value of a definition, its defaults evaluated now."""
        arguments = node.args
        assert scope.module is not None
        return FunctionValue(
            node,
            scope,
            scope.module,
            [self.eval(default, scope) for default in arguments.defaults],
            {
                argument.arg: self.eval(default, scope)
                for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
                if default is not None
            },
            node.name if not isinstance(node, ast.Lambda) else "<lambda>",
        )

    def body_facts(self, node: ast.FunctionDef | ast.AsyncFunctionDef, module: ModuleValue) -> BodyFacts:
        """Return what a function's body says of its names, worked out when it is first entered."""
        found = self._body_facts.get(node)
        if found is None:
            found = self._body_facts[node] = body_facts(node, module.file.text)
        return found
