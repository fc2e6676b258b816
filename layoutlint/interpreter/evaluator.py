"""The evaluator: statements and control flow over abstract values, within a budget.

Expressions are in ``expressions``, entering functions and classes in ``calls``. An unknown condition is
followed on both sides; what the sides leave is joined. An unknown loop is run until nothing new comes out,
at most :data:`LOOP_ROUNDS` times, and what still changes then is unknown.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any

from layoutlint import inference
from layoutlint.graph import Call, Graph, Layer, Source, Tensor
from layoutlint.interpreter.memory import Changes, Journal, is_same_constructor, join, same
from layoutlint.interpreter.values import (
    OTHERS,
    Choice,
    ClassValue,
    Decorated,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModuleValue,
    Rest,
    Scope,
    Unknown,
    Value,
    truth,
)
from layoutlint.origins import SourceFile, SourceOrigin

LOOP_ROUNDS = 2
MAX_SPLITS = 12
"""How many rounds of a loop with an unknown break or return are told apart."""
MAX_ENDLESS = 64
"""How many rounds a ``while True`` is followed one by one."""
MAX_ITEMS = 4096
MAX_ROUNDS = 200
MAX_NESTED_ROUNDS = 2000
"""Loops of up to so many rounds, loops in loops multiplied, are evaluated round by round: deep networks
have fewer layers than that.
"""


class ProgramError(Exception):
    """The program certainly raises here."""


class BudgetError(Exception):
    """The file's budget of steps or time is used up."""


@dataclass(frozen=True, slots=True)
class Return:
    """A signal: the function ends with this value."""

    value: Value


BREAK, CONTINUE = "break", "continue"


@dataclass(frozen=True, slots=True)
class Side:
    """One way in which a block under an unknown condition ended, and what it changed on the way."""

    signal: Return | str | None
    changes: Changes
    condition: str


@dataclass(frozen=True, slots=True)
class Mixed:
    """A signal: a block ended in different ways, none of them carried out yet."""

    sides: tuple[Side, ...]


Signal = Return | str | Mixed | None
"""How a block ended: normally (None), or by return, break or continue; or in several ways."""


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """Whether a function yields, and its ``global`` and ``nonlocal`` names."""

    is_generator: bool
    global_names: frozenset[str]
    nonlocal_names: frozenset[str]


PLAIN_BODY = BodyFacts(False, frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: evaluated statements and calls (``root_steps`` of them for each function that
    nothing calls), seconds of processor time, nested calls, and calls of one function in itself.
    """

    steps: int = 150_000
    root_steps: int = 40_000
    seconds: float = 2.0
    depth: int = 60
    recursion: int = 12


@dataclass(frozen=True, slots=True)
class Arguments:
    """Evaluated arguments of a call. ``open`` says that an unknown ``*args`` or ``**kwargs`` may bring
    more.
    """

    positional: tuple[Value, ...] = ()
    keywords: Mapping[str, Value] = field(default_factory=dict)
    open: bool = False
    nodes: Mapping[str | int, ast.expr] = field(default_factory=dict)
    """The syntax of each argument, by position or keyword."""

    def get(self, position: int, name: str, default: Value = None) -> Value:
        """The argument at this position or of this name."""
        if position < len(self.positional):
            return self.positional[position]
        if name in self.keywords:
            return self.keywords[name]
        return Unknown(name) if self.open else default

    def has(self, position: int, name: str) -> bool:
        """Whether the argument was given."""
        return position < len(self.positional) or name in self.keywords

    def node(self, position: int, name: str) -> ast.expr | None:
        """The syntax of the argument at this position or of this name."""
        return self.nodes.get(name) or self.nodes.get(position)


class Evaluator:
    """Evaluates the modules of one program into one graph."""

    def __init__(self, file: SourceFile, limits: Limits | None = None, importer: Any = None) -> None:
        # these two build on this module
        from layoutlint.interpreter.calls import call
        from layoutlint.interpreter.expressions import EXPRESSIONS

        self._expressions, self._call = EXPRESSIONS, call
        self.file = file
        self.limits = limits or Limits()
        self.graph = Graph(file.path)
        self.journal = Journal()
        self.importer = importer
        self.data_format = "channels_last"
        self.keras1 = False
        self.conditions: list[str] = []
        self.functions: list[FunctionValue] = []
        self.classes: list[ClassValue] = []
        self.models: list[Any] = []
        self.stack: list[FunctionValue] = []
        self._body_facts: dict[ast.AST, BodyFacts] = {}
        self.declared_at: dict[Layer, SourceOrigin] = {}
        self.declared_from: dict[Layer, tuple[Source | None, ...]] = {}
        self._steps = 0
        self._granted_at = 0
        self._allowed = self.limits.steps
        self._rounds = 1
        self._deadline: float | None = None

    # ------------------------------------------------------------------ budget

    def step(self) -> None:
        """Count one step of evaluation; raises BudgetError past the limits."""
        self._steps += 1
        if self._steps > self._allowed:
            raise BudgetError(f"more than {self._allowed - self._granted_at} steps")
        if self._steps % 128 == 1 and self._is_late():
            raise BudgetError(f"longer than {self.limits.seconds:g} s")

    def grant(self, steps: int) -> None:
        """Let what follows take so many steps, as far as the file's budget reaches."""
        self._granted_at = self._steps
        self._allowed = min(self.limits.steps, self._steps + steps)

    @property
    def is_exhausted(self) -> bool:
        """Whether the file's whole budget is used up."""
        return self._steps >= self.limits.steps or self._is_late()

    def _is_late(self) -> bool:
        # the processor time of this thread: a busy machine must not change what is found
        now = time.thread_time()
        if self._deadline is None:
            self._deadline = now + self.limits.seconds
        return now > self._deadline

    # ------------------------------------------------------------------ recording

    def origin(self, node: Any, scope: Scope) -> SourceOrigin:
        """Where a syntax node is."""
        return SourceOrigin(scope.module.file if scope.module else self.file, node)

    def lost(self, node: Any, scope: Scope, reason: str) -> Unknown:
        """A new unknown value, with the reason for those who ask where knowledge was lost."""
        return Unknown(None, self.origin(node, scope), reason)

    def record(self, made: Call) -> Call:
        """Put a call into the graph. Calls in imported modules stay with their module's file."""
        self.graph.calls.append(made)
        return made

    def use(self, layer: Layer, inputs: Any, origin: Any, keywords: Mapping[str, Any] | None = None) -> Call:
        """One use of a layer or operation on tensors, recorded."""
        return self.record(inference.call(layer, inputs, origin, keywords, tuple(self.conditions)))

    # ------------------------------------------------------------------ expressions and statements

    def eval(self, node: ast.expr, scope: Scope) -> Value:
        """The value of an expression."""
        handler = self._expressions.get(type(node))
        return (
            handler(self, node, scope)
            if handler
            else self.lost(node, scope, "this expression is not followed")
        )

    def call(self, callee: Value, arguments: Arguments, node: Any, scope: Scope) -> Value:
        """The value of a call."""
        return self._call(self, callee, arguments, node, scope)

    def execute(self, statements: list[ast.stmt], scope: Scope, start: int = 0) -> Signal:
        """Run statements in order; returns how they ended."""
        for index in range(start, len(statements)):
            self.step()
            statement = statements[index]
            if isinstance(statement, ast.If):
                condition = truth(self.eval(statement.test, scope))
                if condition is None:
                    signal = self._both_sides(statement, scope)
                else:
                    signal = self.execute(statement.body if condition else statement.orelse, scope)
            else:
                handler = STATEMENTS.get(type(statement))
                signal = handler(self, statement, scope) if handler else None
            if isinstance(signal, Mixed):
                return self.go_on(signal.sides, partial(self.execute, statements, scope, index + 1))
            if signal is not None:
                return signal
        return None

    def _both_sides(self, node: ast.If, scope: Scope) -> Signal:
        """Both sides of an unknown ``if``."""
        text = condition_text(node.test)
        sides = [
            *self.attempt(lambda: self.execute(node.body, scope), text),
            *self.attempt(lambda: self.execute(node.orelse, scope), f"not ({text})"),
        ]
        return self.merge(sides)

    def attempt(self, run: Callable[[], Signal], condition: str = "") -> list[Side]:
        """Run something under a condition and undo it: how it ended and what it changed.

        Nothing if it raised.
        """
        self.journal.push()
        raised = False
        signal: Signal = None
        if condition:
            self.conditions.append(condition)
        try:
            signal = run()
        except ProgramError:
            raised = True
        finally:
            if condition:
                self.conditions.pop()
            changes = self.journal.pop()
        if raised:
            return []
        if isinstance(signal, Mixed):
            return [
                Side(side.signal, {**changes, **side.changes}, side.condition or condition)
                for side in signal.sides
            ]
        return [Side(signal, changes, condition)]

    def merge(self, sides: list[Side]) -> Signal:
        """One way to go on for sides that ended alike, :class:`Mixed` for others; no side at all raises."""
        if not sides:
            raise ProgramError
        groups: dict[str | None, list[Side]] = {}
        for side in sides:
            groups.setdefault("return" if isinstance(side.signal, Return) else side.signal, []).append(side)
        if len(groups) == 1:
            self.journal.join([side.changes for side in sides])
            return _joined_signal(sides)
        return Mixed(
            tuple(
                Side(
                    _joined_signal(group),
                    self.journal.joined([side.changes for side in group]),
                    _either(group),
                )
                for group in groups.values()
            )
        )

    def go_on(self, sides: Iterable[Side], rest: Callable[[], Signal]) -> Signal:
        """What follows belongs to the sides that ended normally; the others have left already."""
        normal = [side for side in sides if side.signal is None]
        leaving = [side for side in sides if side.signal is not None]
        if not normal:
            return self.merge(leaving)

        def run() -> Signal:
            self.journal.join([side.changes for side in normal])
            return rest()

        return self.merge([*leaving, *self.attempt(run, _either(normal))])

    def returned(self, signal: Signal) -> Value:
        """The value of a function whose body ended so."""
        if isinstance(signal, Mixed):
            self.journal.join([side.changes for side in signal.sides])
            value: Value = None
            for index, side in enumerate(signal.sides):
                one = side.signal.value if isinstance(side.signal, Return) else None
                value = join(value, one) if index else one
            return value
        return signal.value if isinstance(signal, Return) else None

    def choose(self, branches: list[Callable[[], Value]], conditions: tuple[str, ...] = ()) -> Value:
        """The joined value of several ways to go on, each undone before the next."""
        values: list[Value] = []
        sides: list[Side] = []
        for index, branch in enumerate(branches):

            def run(branch: Callable[[], Value] = branch) -> Signal:
                values.append(branch())
                return None

            text = conditions[index] if conditions else "it is one of several"
            sides += self.attempt(run, text if len(branches) > 1 else "")
        if not values:
            raise ProgramError
        self.journal.join([side.changes for side in sides])
        result = values[0]
        for value in values[1:]:
            result = join(result, value)
        return result

    # ------------------------------------------------------------------ loops

    def items(self, value: Value) -> list[Value] | None:
        """The items of an iterable in order (a :class:`Rest` for any number more); None if nothing is
        known.
        """
        if isinstance(value, list | tuple):
            return list(value)
        if isinstance(value, range | str | bytes):
            return list(value) if len(value) <= MAX_ITEMS else None
        if isinstance(value, dict | set | frozenset):
            known = [key for key in value if key is not OTHERS]
            return known if len(known) == len(value) else [*known, Rest(Unknown())]
        if isinstance(value, Instance | ClassValue):
            from layoutlint.interpreter import records

            if records.is_tuple(value):
                return list(records.tuple_items(value))
            return records.members(self, value) if records.is_enum(value) else None
        if isinstance(value, Tensor) and value.shape is not None and value.shape.rank > 0:
            from layoutlint.interpreter.data import iterate_tensor

            return iterate_tensor(value)
        if isinstance(value, LibraryObject):
            from layoutlint.interpreter import libraries

            return libraries.items(self, value)
        return None

    def element(self, value: Value, node: ast.expr, scope: Scope) -> Value:
        """What is known of an item of something whose items are not known."""
        if isinstance(value, Tensor):
            return Tensor(None)
        return Unknown(None, self.origin(node, scope), "an item of something unknown")

    def loop(
        self,
        items: list[Value] | None,
        assign: Callable[[Value], None],
        body: Callable[[], Signal],
        unknown: Value,
        exact: int = MAX_ROUNDS,
    ) -> Signal:
        """Run a loop's body for every item, or until nothing new comes out for an unknown number of items.

        Of more than ``exact`` items all but the first two are taken together, as any number of unknown ones.
        """
        certain = items is None
        if items is None:
            items = [Rest(unknown)]
        elif len(items) > exact or len(items) * self._rounds > MAX_NESTED_ROUNDS:
            items = [*items[:2], Rest(unknown)]
            certain = True
        outside, self._rounds = self._rounds, self._rounds * max(len(items), 1)
        try:
            return self._rounds_of(items, assign, body, certain)
        finally:
            self._rounds = outside

    def _rounds_of(
        self, items: list[Value], assign: Callable[[Value], None], body: Callable[[], Signal], certain: bool
    ) -> Signal:
        for index, item in enumerate(items):
            self.step()
            if isinstance(item, Rest):
                condition = "" if certain or not index else "there are more items"
                signal = self._unknown_rounds(partial(assign, item.item), body, condition)
            else:
                assign(item)
                signal = body()
            if isinstance(signal, Mixed):
                following = items[index + 1 :]
                if len(following) > MAX_SPLITS:
                    following = [Rest(Unknown())]
                return self.go_on(signal.sides, partial(self._rounds_of, following, assign, body, certain))
            if signal is not None:
                return signal
        return None

    def _unknown_rounds(
        self, assign: Callable[[], None], body: Callable[[], Signal], condition: str = ""
    ) -> Signal:
        def run() -> Signal:
            assign()
            return body()

        leaving: list[Side] = []
        for attempt in range(LOOP_ROUNDS):
            sides = self.attempt(run, condition)
            going = [side.changes for side in sides if side.signal is None]
            leaving = [side for side in sides if side.signal is not None]
            if not going:
                break
            before = {
                key: (target, target.copy()) for changes in going for key, (target, _) in changes.items()
            }
            self.journal.join([{}, *going])
            if not _widen(before, give_up=attempt == LOOP_ROUNDS - 1):
                break
        return self.merge([Side(None, {}, ""), *leaving]) if leaving else None

    def after_loop(self, signal: Signal, orelse: list[ast.stmt], scope: Scope) -> Signal:
        """How a loop ended for what follows it: a break stays inside, the ``else`` runs without one."""
        if isinstance(signal, Mixed):
            broken = [replace(side, signal=None) for side in signal.sides if side.signal == BREAK]
            others = [side for side in signal.sides if side.signal != BREAK]
            if not orelse:
                return self.merge([*broken, *others])
            ended = [side for side in others if side.signal is None]
            sides = [*broken, *(side for side in others if side.signal is not None)]

            def run() -> Signal:
                self.journal.join([side.changes for side in ended])
                return self.execute(orelse, scope)

            return self.merge([*sides, *(self.attempt(run, _either(ended)) if ended else [])])
        if signal is None:
            return self.execute(orelse, scope) if orelse else None
        return None if signal == BREAK else signal

    def continued(self, signal: Signal) -> Signal:
        """How a round of a loop ended: ``continue`` ends it like its last statement."""
        if isinstance(signal, Mixed):
            return self.merge([replace(s, signal=None) if s.signal == CONTINUE else s for s in signal.sides])
        return None if signal == CONTINUE else signal

    # ------------------------------------------------------------------ assignment

    def assign(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Bind a target (a name, attribute, item or a pattern of them) to a value."""
        if isinstance(target, ast.Name):
            if isinstance(value, Unknown):
                value = value.named(target.id, self.origin(target, scope))
            elif isinstance(value, Tensor) and value.name is None and value.producer is None:
                value = replace(value, name=target.id)
            elif isinstance(value, LibraryObject) and value.state.get("unnamed") is True:
                from layoutlint.interpreter import frames

                frames.give_name(value, target.id)
            self.bind(target.id, value, scope)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, value, scope)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, value, scope)
        elif isinstance(target, ast.Attribute):
            from layoutlint.interpreter.attributes import set_attribute

            set_attribute(self, self.eval(target.value, scope), target.attr, value, scope)
        elif isinstance(target, ast.Subscript):
            self._set_item(self.eval(target.value, scope), self.eval(target.slice, scope), value)

    def bind(self, name: str, value: Value, scope: Scope) -> None:
        """Bind a name in the scope that it belongs to."""
        if name in scope.global_names and scope.module is not None:
            scope = scope.module.scope
        elif name in scope.nonlocal_names:
            outer = scope.outer
            while outer is not None and name not in outer.variables:
                outer = outer.outer
            scope = outer or scope
        self.journal.touch(scope.variables)
        scope.variables[name] = value

    def _unpack(self, targets: list[ast.expr], value: Value, scope: Scope) -> None:
        if isinstance(value, Choice):
            value = next(
                (a for a in value.alternatives if isinstance(a, tuple | list) and len(a) == len(targets)),
                value,
            )
        items = self.items(value)
        starred = next((i for i, target in enumerate(targets) if isinstance(target, ast.Starred)), None)
        known = items is not None and not any(isinstance(item, Rest) for item in items)
        if known and items is not None and starred is not None and len(items) >= len(targets) - 1:
            behind = len(targets) - starred - 1
            middle = items[starred : len(items) - behind]
            items = [*items[:starred], self.journal.born(list(middle)), *items[len(items) - behind :]]
        if known and items is not None and len(items) == len(targets):
            for target, known_item in zip(targets, items, strict=True):
                self.assign(target, known_item, scope)
            return
        for index, target in enumerate(targets):
            if isinstance(value, Unknown) and value.name is not None and not isinstance(target, ast.Starred):
                item: Value = value.part(f"[{index}]")
            elif isinstance(target, ast.Starred):
                item = self.journal.born([Rest(Unknown())])
            else:
                item = Unknown(None, self.origin(target, scope), "unpacked from something unknown")
            self.assign(target, item, scope)

    def _set_item(self, container: Value, key: Value, value: Value) -> None:
        if isinstance(container, LibraryObject):
            from layoutlint.interpreter import libraries

            libraries.set_item(self, container, key, value)
        elif isinstance(container, dict):
            self.journal.touch(container)
            if isinstance(key, str | int | float | bool | tuple | type(None)) and _hashable(key):
                container[key] = value
            else:
                for name in list(container):
                    container[name] = join(container[name], value)
                container.setdefault(OTHERS, value)
        elif isinstance(container, list):
            self.journal.touch(container)
            if (
                isinstance(key, int)
                and -len(container) <= key < len(container)
                and not any(isinstance(item, Rest) for item in container)
            ):
                container[key] = value
            elif (
                isinstance(key, slice) and is_exact_slice(container, key) and isinstance(value, list | tuple)
            ):
                try:
                    container[key] = value
                except ValueError:
                    container[:] = [Rest(Unknown())]
            else:
                container[:] = [Rest(Unknown())] if container else container

    # ------------------------------------------------------------------ functions and classes

    def define(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: Scope
    ) -> FunctionValue:
        """The function value of a definition, its defaults evaluated now."""
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
        """What a function's body says of its names, worked out when it is first entered."""
        found = self._body_facts.get(node)
        if found is None:
            text = module.file.text
            plain = "yield" not in text and "global" not in text and "nonlocal" not in text
            found = self._body_facts[node] = PLAIN_BODY if plain else _body_facts(node)
        return found


def _hashable(key: Value) -> bool:
    try:
        hash(key)
    except TypeError:
        return False
    return True


def _widen(before: Changes, *, give_up: bool) -> bool:
    """Whether a round of an unknown loop brought anything new; what is new in the last round becomes
    unknown.
    """
    changed = False
    for target, content in before.values():
        if isinstance(target, dict):
            pairs: Iterable[tuple[Any, Value, Value]] = [
                (name, content[name], value) for name, value in target.items() if name in content
            ]
            fresh = target.keys() != content.keys()
        elif isinstance(target, list):
            fresh = len(target) != len(content)
            pairs = [] if fresh else [(i, content[i], value) for i, value in enumerate(target)]
        else:
            fresh, pairs = target != content, []
        changed = changed or fresh
        for key, old, new in pairs:
            if not _stable(old, new):
                changed = True
                if give_up:
                    target[key] = _given_up(old, new)
    return changed


def _stable(old: Value, new: Value) -> bool:
    if isinstance(old, Rest) and isinstance(new, Rest):
        return _stable(old.item, new.item)
    if isinstance(old, Tensor) and isinstance(new, Tensor):
        return old.shape is new.shape or (
            old.shape is not None and new.shape is not None and old.shape.sizes == new.shape.sizes
        )
    if isinstance(old, LibraryObject) and isinstance(new, LibraryObject):
        return old.kind == new.kind and old.array is not None and _stable(old.array, new.array)
    if isinstance(old, Unknown) and isinstance(new, Unknown):
        return True
    if isinstance(old, Instance) and isinstance(new, Instance):
        return old.cls is new.cls
    if isinstance(old, LayerValue) and isinstance(new, LayerValue) and is_same_constructor(old, new):
        return same(dict(old.layer.config), dict(new.layer.config))
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and all(map(_stable, old, new))
    return same(old, new)


def _given_up(old: Value, new: Value) -> Value:
    if isinstance(new, Tensor) and isinstance(old, Tensor):
        from layoutlint.interpreter.memory import join_tensors

        return join_tensors(old, new)
    if isinstance(new, Rest):
        return Rest(_given_up(old.item, new.item) if isinstance(old, Rest) else Unknown())
    if isinstance(new, tuple) and isinstance(old, tuple) and len(old) == len(new):
        return tuple(a if _stable(a, b) else _given_up(a, b) for a, b in zip(old, new, strict=True))
    if isinstance(new, Tensor | list | dict):
        return new
    return Unknown(reason="a loop of unknown length changes it")


def _body_facts(node: ast.FunctionDef | ast.AsyncFunctionDef) -> BodyFacts:
    generator = False
    global_names: set[str] = set()
    nonlocal_names: set[str] = set()
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        current = waiting.pop()
        if isinstance(current, ast.Yield | ast.YieldFrom):
            generator = True
        elif isinstance(current, ast.Global):
            global_names.update(current.names)
        elif isinstance(current, ast.Nonlocal):
            nonlocal_names.update(current.names)
        if not isinstance(current, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(current))
    return BodyFacts(generator, frozenset(global_names), frozenset(nonlocal_names))


def _joined_signal(sides: list[Side]) -> Return | str | None:
    """The signal of sides that all ended alike."""
    first = sides[0].signal
    if not isinstance(first, Return):
        return first
    value = first.value
    for side in sides[1:]:
        assert isinstance(side.signal, Return)
        value = join(value, side.signal.value)
    return Return(value)


def _either(sides: list[Side]) -> str:
    """The condition under which one of the sides is taken."""
    text = " or ".join(dict.fromkeys(side.condition for side in sides if side.condition))
    return text if len(text) <= 120 else text[:117] + "..."


@lru_cache(maxsize=4096)
def condition_text(node: ast.expr) -> str:
    """A condition as the source writes it, cut to a readable length."""
    text = ast.unparse(node)
    return text if len(text) <= 60 else text[:57] + "..."


# ---------------------------------------------------------------------- statements


def _expression(ev: Evaluator, node: ast.Expr, scope: Scope) -> Signal:
    ev.eval(node.value, scope)
    return None


def _assign(ev: Evaluator, node: ast.Assign, scope: Scope) -> Signal:
    value = ev.eval(node.value, scope)
    for target in node.targets:
        ev.assign(target, value, scope)
    return None


def _annotated(ev: Evaluator, node: ast.AnnAssign, scope: Scope) -> Signal:
    if node.value is not None:
        ev.assign(node.target, ev.eval(node.value, scope), scope)
    return None


def _augmented(ev: Evaluator, node: ast.AugAssign, scope: Scope) -> Signal:
    from layoutlint.interpreter.expressions import binary

    current = ev.eval(node.target, scope)
    value = ev.eval(node.value, scope)
    if isinstance(current, list) and isinstance(node.op, ast.Add):
        items = ev.items(value)
        ev.journal.touch(current)
        current.extend(items if items is not None else [Rest(Unknown())])
        return None
    ev.assign(node.target, binary(ev, node.op, current, value, node, scope), scope)
    return None


def _return(ev: Evaluator, node: ast.Return, scope: Scope) -> Signal:
    return Return(ev.eval(node.value, scope) if node.value is not None else None)


def _break(ev: Evaluator, node: ast.Break, scope: Scope) -> Signal:
    return BREAK


def _continue(ev: Evaluator, node: ast.Continue, scope: Scope) -> Signal:
    return CONTINUE


def _raise(ev: Evaluator, node: ast.Raise, scope: Scope) -> Signal:
    raise ProgramError


def _assert(ev: Evaluator, node: ast.Assert, scope: Scope) -> Signal:
    ev.eval(node.test, scope)
    return None


def _for(ev: Evaluator, node: ast.For | ast.AsyncFor, scope: Scope) -> Signal:
    iterable = ev.eval(node.iter, scope)

    def body() -> Signal:
        return ev.continued(ev.execute(node.body, scope))

    unknown = ev.element(iterable, node.iter, scope)
    signal = ev.loop(ev.items(iterable), lambda item: ev.assign(node.target, item, scope), body, unknown)
    return ev.after_loop(signal, node.orelse, scope)


def _while(ev: Evaluator, node: ast.While, scope: Scope) -> Signal:
    def body() -> Signal:
        return ev.continued(ev.execute(node.body, scope))

    endless = _is_endless(node)
    known_rounds = 0 if endless and not _has_way_out(node) else MAX_ENDLESS if endless else MAX_ITEMS

    def rounds(left: int, splits: int) -> Signal:
        for done in range(left):
            ev.step()
            condition = truth(ev.eval(node.test, scope))
            if condition is False:
                return None
            if condition is None:
                break
            signal = body()
            if isinstance(signal, Mixed) and splits < MAX_SPLITS:
                return ev.go_on(signal.sides, lambda done=done: rounds(left - done - 1, splits + 1))  # type: ignore[misc]
            if signal is not None:
                return signal
        return unknown_rounds()

    def unknown_rounds() -> Signal:
        signal = ev.loop(None, lambda item: ev.eval(node.test, scope), body, None)
        if endless and isinstance(signal, Mixed):
            # only a break ends it
            return ev.merge([side for side in signal.sides if side.signal is not None])
        return signal

    return ev.after_loop(rounds(known_rounds, 0), node.orelse, scope)


def _has_way_out(node: ast.While) -> bool:
    return any(isinstance(inner, ast.Break | ast.Return) for inner in ast.walk(node))


def _is_endless(node: ast.While) -> bool:
    return isinstance(node.test, ast.Constant) and bool(node.test.value)


def _with(ev: Evaluator, node: ast.With | ast.AsyncWith, scope: Scope) -> Signal:
    for item in node.items:
        value = ev.eval(item.context_expr, scope)
        if item.optional_vars is not None:
            ev.assign(item.optional_vars, value, scope)
    return ev.execute(node.body, scope)


def _try(ev: Evaluator, node: ast.Try, scope: Scope) -> Signal:
    """The body, joined with what the handlers make of it where it may raise something that they handle."""

    def body() -> Signal:
        signal = ev.execute(node.body, scope)
        return ev.execute(node.orelse, scope) if signal is None and node.orelse else signal

    snapshots: list[Changes] = []

    def stepwise(index: int = 0) -> Signal:
        """The body, keeping what there was after each statement: any of them may be the one that raises."""
        for position in range(index, len(node.body)):
            signal = ev.execute(node.body[position : position + 1], scope)
            if isinstance(signal, Mixed):
                return ev.go_on(signal.sides, partial(stepwise, position + 1))
            if signal is not None:
                return signal
            if index == 0:
                snapshots.append(ev.journal.snapshot())
        return ev.execute(node.orelse, scope) if node.orelse else None

    counting = [handler for handler in node.handlers if _may_be_needed(ev, node, handler, scope)]
    for handler in node.handlers:
        if handler not in counting and not _only_leaves(handler.body):
            ev.attempt(partial(_handle, ev, handler, scope), _handler_text(handler))
    if counting:
        sides = ev.attempt(stepwise if len(node.body) <= MAX_SPLITS else body)
        ends = [*snapshots, *(side.changes for side in sides)]

        def handle(handler: ast.ExceptHandler) -> Signal:
            ev.journal.join([{}, *ends])
            return _handle(ev, handler, scope)

        for handler in counting:
            sides += ev.attempt(partial(handle, handler), _handler_text(handler) if ends else "")
        signal = ev.merge(sides)
    else:
        try:
            signal = body()
        except ProgramError:
            if not node.handlers:
                ev.execute(node.finalbody, scope)
                raise
            signal = _handle(ev, node.handlers[0], scope)
    if node.finalbody:
        final = ev.execute(node.finalbody, scope)
        return final if final is not None else signal
    return signal


def _only_leaves(body: list[ast.stmt]) -> bool:
    return all(isinstance(statement, ast.Pass | ast.Raise | ast.Continue | ast.Break) for statement in body)


def _handler_text(handler: ast.ExceptHandler) -> str:
    return f"except {condition_text(handler.type)}" if handler.type is not None else "except"


def _may_be_needed(ev: Evaluator, node: ast.Try, handler: ast.ExceptHandler, scope: Scope) -> bool:
    """Whether a handler may run: for an import of what may be missing, or anything else that may raise."""
    text = ast.unparse(handler.type) if handler.type is not None else ""
    if "KeyboardInterrupt" in text:
        return False
    inside = [inner for statement in node.body for inner in ast.walk(statement)]
    imports = [inner for inner in inside if isinstance(inner, ast.Import | ast.ImportFrom)]
    if any(ev.importer.may_be_missing(each, scope) for each in imports):
        return True
    if "ImportError" in text or "ModuleNotFoundError" in text or "NameError" in text:
        return False
    return any(isinstance(inner, ast.Call | ast.Subscript | ast.Raise) for inner in inside)


def _handle(ev: Evaluator, handler: ast.ExceptHandler, scope: Scope) -> Signal:
    if handler.name:
        ev.bind(handler.name, Unknown(handler.name), scope)
    return ev.execute(handler.body, scope)


def _function(ev: Evaluator, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Signal:
    from layoutlint.interpreter.calls import decorate

    function = ev.define(node, scope)
    ev.functions.append(function)
    value: Value = function
    for decorator in reversed(node.decorator_list):
        value = decorate(ev, decorator, value, scope)
    ev.bind(node.name, value, scope)
    return None


def _class(ev: Evaluator, node: ast.ClassDef, scope: Scope) -> Signal:
    assert scope.module is not None
    body = Scope({}, scope, scope.module)
    bases = [ev.eval(base, scope) for base in node.bases if not isinstance(base, ast.Starred)]
    ev.execute(node.body, body)
    fields: tuple[str, ...] | None = None
    decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
    is_record = any("dataclass" in text for text in decorators) or any(
        isinstance(base, External) and base.name.endswith("NamedTuple") for base in bases
    )
    if is_record:
        inherited = [base.fields for base in bases if isinstance(base, ClassValue) and base.fields]
        own = tuple(
            statement.target.id
            for statement in node.body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        )
        fields = (*(name for group in inherited for name in group if name not in own), *own)
    made = ClassValue(node.name, bases, body.variables, scope.module, node, fields)
    for value in body.variables.values():
        function = value.function if isinstance(value, Decorated) else value
        if isinstance(function, FunctionValue) and function.owner is None and function.scope is body:
            function.owner = made
            function.scope = scope
    ev.classes.append(made)
    ev.bind(node.name, made, scope)
    return None


def _import(ev: Evaluator, node: ast.Import, scope: Scope) -> Signal:
    for alias in node.names:
        module = ev.importer.module(ev, alias.name, scope)
        if alias.asname:
            ev.bind(alias.asname, module, scope)
        else:
            top = alias.name.split(".")[0]
            ev.bind(top, ev.importer.module(ev, top, scope), scope)
    return None


def _import_from(ev: Evaluator, node: ast.ImportFrom, scope: Scope) -> Signal:
    for alias in node.names:
        if alias.name == "*":
            ev.importer.star(ev, node, scope)
        else:
            ev.bind(alias.asname or alias.name, ev.importer.member(ev, node, alias.name, scope), scope)
    return None


def _delete(ev: Evaluator, node: ast.Delete, scope: Scope) -> Signal:
    for target in node.targets:
        if isinstance(target, ast.Name) and target.id in scope.variables:
            ev.journal.touch(scope.variables)
            del scope.variables[target.id]
        elif isinstance(target, ast.Subscript):
            container, key = ev.eval(target.value, scope), ev.eval(target.slice, scope)
            if isinstance(container, dict) and _hashable(key):
                ev.journal.touch(container)
                container.pop(key, None)
            elif isinstance(container, list):
                ev.journal.touch(container)
                is_known = isinstance(key, int) and not any(isinstance(item, Rest) for item in container)
                if (is_known and -len(container) <= key < len(container)) or is_exact_slice(container, key):
                    del container[key]
                else:
                    container[:] = [Rest(Unknown())]
    return None


def is_exact_slice(container: list[Value], key: Value) -> bool:
    """Whether a slice means items of a list that are known one by one."""
    return (
        isinstance(key, slice)
        and all(part is None or isinstance(part, int) for part in (key.start, key.stop, key.step))
        and not any(isinstance(item, Rest) for item in container)
    )


def _match(ev: Evaluator, node: ast.Match, scope: Scope) -> Signal:
    from layoutlint.interpreter.patterns import matches

    subject = ev.eval(node.subject, scope)
    sides: list[Side] = []
    for case in node.cases:
        answer = matches(ev, case.pattern, subject, scope)
        if answer and case.guard is not None:
            answer = truth(ev.eval(case.guard, scope))
        if answer is False:
            continue
        if answer is True and not sides:
            return ev.execute(case.body, scope)
        text = f"{condition_text(node.subject)} matches {ast.unparse(case.pattern)}"
        sides += ev.attempt(partial(ev.execute, case.body, scope), text)
        if answer is True:
            break
    else:
        sides.append(Side(None, {}, ""))
    return ev.merge(sides)


STATEMENTS: dict[type[ast.stmt], Callable[[Evaluator, Any, Scope], Signal]] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Return: _return,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Delete: _delete,
    ast.Match: _match,
}
