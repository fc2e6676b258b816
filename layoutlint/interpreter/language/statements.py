"""Statements: one function a syntax node, from the node to the signal with which it ended."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.extent import joined
from layoutlint.interpreter.core.implied import negation
from layoutlint.interpreter.core.limits import MAX_ITEMS
from layoutlint.interpreter.core.loops import MAX_SPLITS
from layoutlint.interpreter.core.outcomes import (
    BREAK,
    CONTINUE,
    Apart,
    Mixed,
    Return,
    Side,
    Signal,
    StatementSignal,
    either,
)
from layoutlint.interpreter.core.plain import is_key
from layoutlint.interpreter.core.scenarios import MAX_SIDES, changed_apart, grounds_of, is_choice, named
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    Choice,
    ClassValue,
    Decorated,
    External,
    FunctionValue,
    Scope,
    Unknown,
    Value,
    any_number,
    has_rest,
    truth,
)
from layoutlint.interpreter.language import context_managers
from layoutlint.interpreter.language.assignment import exact_slice
from layoutlint.interpreter.language.calls import decorate
from layoutlint.interpreter.language.exceptions import EXCEPTIONS, expected_to_raise, is_said_to_raise
from layoutlint.interpreter.language.none_tests import assume
from layoutlint.interpreter.language.operators import binary
from layoutlint.interpreter.language.patterns import matches
from layoutlint.model.syntax_text import condition_text, written

MAX_ENDLESS = 64
"""How many rounds a ``while True`` is followed one by one."""
ARGUMENTS = "sys.argv[1:]"
"""What whoever runs a program gives it: a program is read as it runs without arguments."""


def _expression(ev: Evaluator, node: ast.Expr, scope: Scope) -> Signal:
    outer, ev.statement = ev.statement, node.value
    try:
        ev.eval(node.value, scope)
    finally:
        ev.statement = outer
    return None


def _assign(ev: Evaluator, node: ast.Assign, scope: Scope) -> StatementSignal:
    value = ev.eval(node.value, scope)
    apart = _chosen(ev, node, value, scope)
    if apart is not None:
        return apart
    for target in node.targets:
        ev.assign(target, value, scope)
    return None


def _chosen(ev: Evaluator, node: ast.Assign, value: Value, scope: Scope) -> Apart | None:
    """Return the sides of an assignment of one of a few values, where each of them is to be followed."""
    target = node.targets[0]
    if not isinstance(value, Choice) or not isinstance(target, ast.Name) or len(node.targets) != 1:
        return None
    if not ev.may_fork or not is_choice(target.id, value):
        return None
    name, values = target.id, value.alternatives
    match node.value:
        case ast.IfExp(test=test) if len(values) == 2:
            text, by_value = condition_text(test), False
            conditions = [text, negation(text)]
        case _:
            conditions, by_value = [f"{name} is {named(each)}" for each in values], True
    sides = [
        side
        for each, condition in zip(values, conditions, strict=True)
        for side in ev.attempt(partial(ev.assign, target, each, scope), condition)
    ]
    tests = [node.value.test] if isinstance(node.value, ast.IfExp) else []
    return Apart(tuple(sides), frozenset([name]), by_value, grounds_of(tests, scope))


def _annotated(ev: Evaluator, node: ast.AnnAssign, scope: Scope) -> Signal:
    if node.value is not None:
        ev.assign(node.target, ev.eval(node.value, scope), scope)
    return None


def _augmented(ev: Evaluator, node: ast.AugAssign, scope: Scope) -> Signal:
    current = ev.eval(node.target, scope)
    value = ev.eval(node.value, scope)
    if isinstance(current, list) and isinstance(node.op, ast.Add):
        items = ev.items(value)
        ev.journal.touch(current)
        current[:] = joined([current, items if items is not None else any_number()])
        return None
    ev.assign(node.target, binary(Site(ev, node, scope), node.op, current, value), scope)
    return None


def _return(ev: Evaluator, node: ast.Return, scope: Scope) -> Signal:
    return Return(ev.eval(node.value, scope) if node.value is not None else None)


def _break(ev: Evaluator, node: ast.Break, scope: Scope) -> Signal:
    return BREAK


def _continue(ev: Evaluator, node: ast.Continue, scope: Scope) -> Signal:
    return CONTINUE


def _if(ev: Evaluator, node: ast.If, scope: Scope) -> StatementSignal:
    condition = truth(ev.eval(node.test, scope))
    if condition is None and ev.inside:
        condition = ev.is_decided(node.test, scope)
    if condition is not None:
        return ev.execute(node.body if condition else node.orelse, scope)
    text = condition_text(node.test)

    def body() -> Signal:
        assume(ev, node.test, scope, holds=True)
        return ev.execute(node.body, scope)

    def otherwise() -> StatementSignal:
        assume(ev, node.test, scope, holds=False)
        return _otherwise(ev, node, scope)

    sides = [*ev.attempt(body, text), *ev.attempt(otherwise, negation(text))]
    if ev.may_fork and 1 < len(sides) <= MAX_SIDES and all(side.signal is None for side in sides):
        names = changed_apart(scope.variables, [side.changes for side in sides])
        if names:
            return Apart(tuple(sides), names, grounds=grounds_of(_tests(node), scope))
    return ev.merge(sides)


def _tests(node: ast.If) -> Iterator[ast.expr]:
    """Yield the conditions of an ``if`` and its ``elif``s."""
    yield node.test
    if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        yield from _tests(node.orelse[0])


def _otherwise(ev: Evaluator, node: ast.If, scope: Scope) -> StatementSignal:
    """Return the ``else`` of a branch; an ``elif`` is one of its sides."""
    if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        ev.step()
        return _if(ev, node.orelse[0], scope)
    return ev.execute(node.orelse, scope)


def _after_loop(ev: Evaluator, signal: Signal, orelse: list[ast.stmt], scope: Scope) -> Signal:
    """Return how a loop ended for what follows it: a break stays inside, the ``else`` runs without one."""
    if isinstance(signal, Mixed):
        broken = [replace(side, signal=None) for side in signal.sides if side.signal == BREAK]
        others = [side for side in signal.sides if side.signal != BREAK]
        if not orelse:
            return ev.merge([*broken, *others])
        ended = [side for side in others if side.signal is None]
        sides = [*broken, *(side for side in others if side.signal is not None)]

        def run() -> Signal:
            ev.journal.join([side.changes for side in ended])
            return ev.execute(orelse, scope)

        return ev.merge([*sides, *(ev.attempt(run, either(ended)) if ended else [])])
    if signal is None:
        return ev.execute(orelse, scope) if orelse else None
    return None if signal == BREAK else signal


def _for(ev: Evaluator, node: ast.For | ast.AsyncFor, scope: Scope) -> Signal:
    iterable = ev.eval(node.iter, scope)

    def body() -> Signal:
        return ev.continued(ev.execute(node.body, scope))

    unknown = Site(ev, node.iter, scope).element(iterable)
    items = [] if isinstance(iterable, Unknown) and iterable.path == ARGUMENTS else ev.items(iterable)
    with ev.looped():
        signal = ev.loop(items, lambda item: ev.assign(node.target, item, scope), body, unknown)
    return _after_loop(ev, signal, node.orelse, scope)


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

    def test(item: Value) -> None:
        ev.eval(node.test, scope)
        assume(ev, node.test, scope, holds=True)

    def unknown_rounds() -> Signal:
        signal = ev.loop(None, test, body, None)
        if endless and isinstance(signal, Mixed):
            # only a break ends it
            return ev.merge([side for side in signal.sides if side.signal is not None])
        return signal

    with ev.looped():
        signal = rounds(known_rounds, 0)
    return _after_loop(ev, signal, node.orelse, scope)


def _has_way_out(node: ast.While) -> bool:
    return any(isinstance(inner, ast.Break | ast.Return) for inner in ast.walk(node))


def _is_endless(node: ast.While) -> bool:
    return isinstance(node.test, ast.Constant) and bool(node.test.value)


def _with(ev: Evaluator, node: ast.With | ast.AsyncWith, scope: Scope) -> Signal:
    if any(is_said_to_raise(item.context_expr) for item in node.items):
        return expected_to_raise(ev, partial(_under, ev, node.items, node.body, scope))
    return _under(ev, node.items, node.body, scope)


def _under(ev: Evaluator, items: list[ast.withitem], body: list[ast.stmt], scope: Scope) -> Signal:
    """Run a block under what its ``with`` names, the outermost first."""
    if not items:
        return ev.execute(body, scope)
    item, *others = items

    def inside(value: Value) -> Signal:
        if item.optional_vars is not None:
            ev.assign(item.optional_vars, value, scope)
        return _under(ev, others, body, scope)

    return context_managers.under(ev, item.context_expr, scope, inside)


def _function(ev: Evaluator, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Signal:
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
    decorators = [written(decorator) for decorator in node.decorator_list]
    is_record = any("dataclass" in text for text in decorators) or any(
        isinstance(base, External) and base.name.endswith("NamedTuple") for base in bases
    )
    if is_record:
        fields = _fields(node, bases)
    made = ClassValue(node.name, bases, body.variables, scope.module, node, fields)
    for member in body.variables.values():
        function = member.function if isinstance(member, Decorated) else member
        if isinstance(function, FunctionValue) and function.owner is None and function.scope is body:
            function.owner = made
            function.scope = scope
    ev.classes.append(made)
    value: Value = made
    for decorator in reversed(node.decorator_list):
        value = decorate(ev, decorator, value, scope)
    ev.bind(node.name, value, scope)
    return None


def _fields(node: ast.ClassDef, bases: list[Value]) -> tuple[str, ...]:
    """Return the fields of a record class in order, those of its bases first."""
    own: list[str] = []
    for statement in node.body:
        match statement:
            case ast.AnnAssign(ast.Name(name)):
                own.append(name)
    inherited = [name for base in bases if isinstance(base, ClassValue) for name in base.fields or ()]
    return (*(name for name in inherited if name not in own), *own)


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
        match target:
            case ast.Name(name) if name in scope.variables:
                ev.journal.touch(scope.variables)
                del scope.variables[name]
            case ast.Subscript(container, key):
                _delete_item(ev, ev.eval(container, scope), ev.eval(key, scope))
    return None


def _delete_item(ev: Evaluator, container: Value, key: Value) -> None:
    match container:
        case dict() if is_key(key):
            ev.journal.touch(container)
            container.pop(key, None)
        case list():
            ev.journal.touch(container)
            place = key if isinstance(key, int) else exact_slice(key)
            try:
                if place is None or has_rest(container):
                    container[:] = any_number()
                else:
                    del container[place]
            except IndexError:
                container[:] = any_number()
        case _:
            pass  # what others hold is not followed


def _match(ev: Evaluator, node: ast.Match, scope: Scope) -> Signal:
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
        text = f"{condition_text(node.subject)} matches {written(case.pattern)}"
        sides += ev.attempt(partial(ev.execute, case.body, scope), text)
        if answer is True:
            break
    else:
        sides.append(Side(None, {}, ""))
    return ev.merge(sides)


STATEMENTS: dict[type[ast.stmt], Callable[..., StatementSignal]] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Return: _return,
    ast.Break: _break,
    ast.Continue: _continue,
    **EXCEPTIONS,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Delete: _delete,
    ast.Match: _match,
}
