"""``operator``: Python's operators as functions, and functions that take something out of a value.

Source: https://docs.python.org/3/library/operator.html.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from layoutlint.interpreter.core.evaluator import Arguments, Evaluator
from layoutlint.interpreter.core.values import Native, Scope, Unknown, Value
from layoutlint.interpreter.libraries.builtins import Handler

_BINARY: dict[str, type[ast.operator]] = {
    "add": ast.Add,
    "iadd": ast.Add,
    "concat": ast.Add,
    "sub": ast.Sub,
    "mul": ast.Mult,
    "imul": ast.Mult,
    "truediv": ast.Div,
    "floordiv": ast.FloorDiv,
    "mod": ast.Mod,
    "pow": ast.Pow,
    "matmul": ast.MatMult,
    "and_": ast.BitAnd,
    "or_": ast.BitOr,
    "xor": ast.BitXor,
}
_COMPARISONS: dict[str, type[ast.cmpop]] = {
    "eq": ast.Eq,
    "ne": ast.NotEq,
    "lt": ast.Lt,
    "le": ast.LtE,
    "gt": ast.Gt,
    "ge": ast.GtE,
    "is_": ast.Is,
    "is_not": ast.IsNot,
}


def _operation(sign: type[ast.operator]) -> Handler:
    def run(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        from layoutlint.interpreter.language.expressions import binary

        return binary(ev, sign(), arguments.get(0, "a"), arguments.get(1, "b"), node, scope)

    return run


def _comparison(sign: type[ast.cmpop]) -> Handler:
    def run(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        from layoutlint.interpreter.language.expressions import compare

        answer = compare(sign(), arguments.get(0, "a"), arguments.get(1, "b"))
        return ev.lost(node, scope, "a comparison that is not known") if answer is None else answer

    return run


def _item(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    return _taken(ev, arguments.get(0, "a"), arguments.get(1, "b"), node, scope)


def _taken(ev: Evaluator, value: Value, key: Value, node: ast.expr, scope: Scope) -> Value:
    from layoutlint.interpreter.language.expressions import item

    written = ast.Subscript(node, ast.Constant(key if isinstance(key, str | int) else None), ast.Load())
    return item(ev, value, key, ast.copy_location(written, node), scope)


def _getter(take: Callable[[Evaluator, Value, Value, ast.expr, Scope], Value]) -> Handler:
    """``itemgetter(1, "a")``, ``attrgetter("name")``: one thing, or a tuple of several."""

    def make(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        names = arguments.positional

        def get(ev: Evaluator, given: Arguments, node: ast.expr, scope: Scope) -> Value:
            found = tuple(take(ev, given.get(0, "obj"), name, node, scope) for name in names)
            return found[0] if len(found) == 1 else found

        return Native(get) if names and not arguments.open else Unknown()

    return make


def _attribute(ev: Evaluator, value: Value, name: Value, node: ast.expr, scope: Scope) -> Value:
    from layoutlint.interpreter.language.attributes import get_attribute

    if not isinstance(name, str):
        return ev.lost(node, scope, "an attribute of unknown name")
    for part in name.split("."):
        value = get_attribute(ev, value, part, node, scope)
    return value


def _method(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``methodcaller("reshape", -1)``."""
    name, rest = arguments.get(0, "name"), Arguments(arguments.positional[1:], arguments.keywords)

    def call(ev: Evaluator, given: Arguments, node: ast.expr, scope: Scope) -> Value:
        return ev.call(_attribute(ev, given.get(0, "obj"), name, node, scope), rest, node, scope)

    return Native(call)


FUNCTIONS: dict[str, Handler] = {
    **{f"operator.{name}": _operation(sign) for name, sign in _BINARY.items()},
    **{f"operator.{name}": _comparison(sign) for name, sign in _COMPARISONS.items()},
    "operator.getitem": _item,
    "operator.itemgetter": _getter(_taken),
    "operator.attrgetter": _getter(_attribute),
    "operator.methodcaller": _method,
}
