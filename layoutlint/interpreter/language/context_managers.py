"""Context managers of the program: a generator under ``@contextmanager``, an object with ``__enter__``.

What stands under the ``with`` is run where the generator yields, between ``__enter__`` and ``__exit__``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.outcomes import Mixed, ProgramError, Side, Signal
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    BoundMethod,
    FunctionValue,
    Instance,
    Scope,
    Unknown,
    Value,
)
from layoutlint.interpreter.language.calls import bound, name_of_decorator
from layoutlint.interpreter.language.expressions import arguments, call_of, callee_of

MANAGERS: Final = frozenset(["contextmanager", "asynccontextmanager"])

Inside: TypeAlias = "Callable[[Value], Signal]"
"""What stands under the ``with``, run with what it is given after ``as``."""


def under(ev: Evaluator, expression: ast.expr, scope: Scope, inside: Inside) -> Signal:
    """Return how a block under ``with expression`` ended."""
    if isinstance(expression, ast.Call) and isinstance(expression.func, ast.Name | ast.Attribute):
        callee = ev.unless_too_much(partial(callee_of, ev, expression, scope), expression, scope)
        function, receiver = _function_of(callee)
        if function is not None and _is_manager(function):
            given = arguments(ev, expression, scope)
            given = Arguments((*receiver, *given.positional), given.keywords, given.open)
            return _through_generator(Site(ev, expression, scope), function, given, inside)
        value = ev.unless_too_much(partial(call_of, ev, expression, callee, scope), expression, scope)
    else:
        value = ev.eval(expression, scope)
    if not isinstance(value, Instance) or not isinstance(value.cls.find("__enter__")[1], FunctionValue):
        return inside(value)
    site = Site(ev, expression, scope)
    entered = _method(site, value, "__enter__", ())
    return _and_then(ev, partial(inside, entered), lambda: _left(site, value))


def _function_of(callee: Value) -> tuple[FunctionValue | None, tuple[Value, ...]]:
    """Return a function of the program, and the object whose method it is, if it is one."""
    match callee:
        case FunctionValue():
            return callee, ()
        case BoundMethod(FunctionValue() as function, receiver):
            return function, (receiver,)
        case _:
            return None, ()


def _is_manager(function: FunctionValue) -> bool:
    decorators = getattr(function.node, "decorator_list", ())
    return any(name_of_decorator(each) in MANAGERS for each in decorators)


def _method(site: Site, made: Instance, name: str, given: tuple[Value, ...]) -> Value:
    function = made.cls.find(name)[1]
    return site.call(BoundMethod(function, made), Arguments(given))


def _left(site: Site, made: Instance) -> None:
    if isinstance(made.cls.find("__exit__")[1], FunctionValue):
        _method(site, made, "__exit__", (None, None, None))


def _through_generator(site: Site, function: FunctionValue, given: Arguments, inside: Inside) -> Signal:
    ev = site.evaluator
    function.called = True
    if len(ev.stack) >= ev.limits.depth or ev.stack.count(function) >= ev.limits.recursion:
        return inside(site.lost(f"{function.name} calls itself too deeply to follow"))
    assert not isinstance(function.node, ast.Lambda)
    inner = Scope(site.journal.born(bound(site, function, given)), function.scope, function.module, function)
    facts = ev.body_facts(function.node, function.module)
    inner.global_names, inner.nonlocal_names = facts.global_names, facts.nonlocal_names
    ev.stack.append(function)
    try:
        return _around(ev, function.node.body, inner, inside)
    finally:
        ev.stack.pop()


def _around(ev: Evaluator, body: list[ast.stmt], inner: Scope, inside: Inside) -> Signal:
    """Run the body of a generator with ``inside`` in the place of its yield."""
    place = next((n for n, statement in enumerate(body) if _yields(statement)), len(body))
    if ev.execute(body[:place], inner) is not None or place == len(body):
        return inside(Unknown(reason="a context manager that may not yield"))
    after = partial(ev.execute, body[place + 1 :], inner)
    match body[place]:
        case ast.Expr(ast.Yield(value)) | ast.Assign(value=ast.Yield(value)):
            given = ev.eval(value, inner) if value is not None else None
            return _and_then(ev, partial(inside, given), after)
        case ast.Try(body=tried, finalbody=final):
            run = partial(_around, ev, tried, inner, inside)
            return _and_then(ev, run, partial(ev.execute, [*final, *body[place + 1 :]], inner))
        case ast.With(items=[item], body=managed) if item.optional_vars is None:
            within = partial(
                under, ev, item.context_expr, inner, lambda _: _around(ev, managed, inner, inside)
            )
            return _and_then(ev, within, after)
        case _:
            ev.execute(body[place:], inner)
            return inside(Unknown(reason="a context manager that is not followed"))


def _yields(statement: ast.stmt) -> bool:
    return any(isinstance(part, ast.Yield) for part in ast.walk(statement))


def _and_then(ev: Evaluator, run: Callable[[], Signal], after: Callable[[], object]) -> Signal:
    """Return how a block ended, with what is done behind it however it ends."""
    try:
        ended = run()
    except ProgramError:
        after()
        raise
    if not isinstance(ended, Mixed):
        after()
        return ended
    sides: list[Side] = []
    for side in ended.sides:

        def leave(side: Side = side) -> Signal:
            ev.journal.join([side.changes])
            after()
            return side.signal

        sides += ev.attempt(leave, side.condition)
    return ev.merge(sides)
