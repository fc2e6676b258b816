"""Statements that raise and catch: ``raise``, ``assert``, ``try`` and the contexts that expect an error."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from typing import Final

from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import Changes
from layoutlint.interpreter.core.loops import MAX_SPLITS
from layoutlint.interpreter.core.outcomes import Mixed, ProgramError, Signal, StatementSignal
from layoutlint.interpreter.core.values import Scope, Unknown, truth
from layoutlint.model.graph import SAID_TO_RAISE
from layoutlint.model.syntax_text import condition_text, written

RAISING: Final = ("assertRaises", "assertRaisesRegex", "assertRaisesRegexp", "raises")
TRAINING: Final = ("fit", "fit_generator", "evaluate", "predict", "train_on_batch")


def _raise(ev: Evaluator, node: ast.Raise, scope: Scope) -> Signal:
    raise ProgramError


def _assert(ev: Evaluator, node: ast.Assert, scope: Scope) -> Signal:
    """Go no further where the assertion certainly fails: ``assert size > 0``, with a default of -1."""
    if truth(ev.eval(node.test, scope)) is False:
        raise ProgramError
    return None


def expected_to_raise(ev: Evaluator, run: Callable[[], Signal]) -> Signal:
    ev.conditions.append(SAID_TO_RAISE)
    try:
        return run()
    finally:
        ev.conditions.pop()


def is_said_to_raise(expression: ast.expr) -> bool:
    """Tell whether a block stands under ``pytest.raises(…)``, ``self.assertRaises(…)``, or anything else that
    is given a class of exceptions: ``suppress(ValueError)``.
    """
    if not isinstance(expression, ast.Call):
        return False
    if _last_name(expression.func) in RAISING:
        return True
    return any(_is_exception(part) for argument in expression.args for part in ast.walk(argument))


def _is_exception(node: ast.AST) -> bool:
    return _last_name(node).endswith(("Error", "Exception"))


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _try(ev: Evaluator, node: ast.Try, scope: Scope) -> Signal:
    """Return the body, joined with what the handlers make of it where it may raise something that they
    handle.
    """
    if SAID_TO_RAISE not in ev.conditions and (_shows_an_error(node) or _gives_up(node)):
        return expected_to_raise(ev, partial(_try, ev, node, scope))

    def body() -> Signal:
        signal = ev.execute(node.body, scope)
        return ev.execute(node.orelse, scope) if signal is None and node.orelse else signal

    snapshots: list[Changes] = []

    def stepwise(index: int = 0) -> Signal:
        """Return the body, keeping what there was after each statement: any of them may be the one that
        raises.
        """
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


def _shows_an_error(node: ast.Try) -> bool:
    """Tell whether a lesson shows what is refused: one call for nothing but its error, which is printed."""
    if len(node.body) != 1 or node.orelse or not isinstance(node.body[0], ast.Expr):
        return False
    call = node.body[0].value
    if not isinstance(call, ast.Call) or getattr(call.func, "attr", "") in TRAINING:
        return False
    return any(handler.name and _prints(handler.body, handler.name) for handler in node.handlers)


def _gives_up(node: ast.Try) -> bool:
    """Tell whether what Keras refuses is said and left: a search builds networks that are too deep as well.

    ``except ValueError: print("too deep"); return None``
    """
    return any(map(_says_and_leaves, node.handlers)) and not any(
        getattr(part.func, "attr", "") in TRAINING
        for statement in node.body
        for part in ast.walk(statement)
        if isinstance(part, ast.Call)
    )


def _says_and_leaves(handler: ast.ExceptHandler) -> bool:
    *said, last = handler.body
    return (
        handler.type is not None
        and "ValueError" in written(handler.type)
        and isinstance(last, ast.Return | ast.Continue | ast.Break)
        and bool(said)
        and all(isinstance(each, ast.Expr) and isinstance(each.value, ast.Call) for each in said)
    )


def _prints(body: list[ast.stmt], name: str) -> bool:
    """Tell whether a block does nothing but print, the thing of this name too."""
    calls = [part.value for part in body if isinstance(part, ast.Expr) and isinstance(part.value, ast.Call)]
    return (
        len(calls) == len(body)
        and all(getattr(call.func, "id", "") == "print" for call in calls)
        and any(isinstance(part, ast.Name) and part.id == name for call in calls for part in ast.walk(call))
    )


def _only_leaves(body: list[ast.stmt]) -> bool:
    return all(isinstance(statement, ast.Pass | ast.Raise | ast.Continue | ast.Break) for statement in body)


def _handler_text(handler: ast.ExceptHandler) -> str:
    return f"except {condition_text(handler.type)}" if handler.type is not None else "except"


def _may_be_needed(ev: Evaluator, node: ast.Try, handler: ast.ExceptHandler, scope: Scope) -> bool:
    """Tell whether a handler may run: for an import of what may be missing, or anything else that
    may raise.
    """
    text = written(handler.type) if handler.type is not None else ""
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


EXCEPTIONS: dict[type[ast.stmt], Callable[..., StatementSignal]] = {
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Try: _try,
}
