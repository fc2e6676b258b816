"""``operator``: Python's operators as functions, and functions that take something out of a value.

Source: https://docs.python.org/3/library/operator.html.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.comparison import compare
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import Native, Unknown, Value, text_of
from layoutlint.interpreter.language.attributes import get_attribute
from layoutlint.interpreter.language.items import item
from layoutlint.interpreter.language.operators import binary

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
    def run(site: Site, arguments: Arguments) -> Value:
        return binary(site, sign(), arguments.get(0, "a"), arguments.get(1, "b"))

    return run


def _comparison(sign: type[ast.cmpop]) -> Handler:
    def run(site: Site, arguments: Arguments) -> Value:
        answer = compare(sign(), arguments.get(0, "a"), arguments.get(1, "b"))
        return site.lost("a comparison that is not known") if answer is None else answer

    return run


def _item(site: Site, arguments: Arguments) -> Value:
    return _taken(site, arguments.get(0, "a"), arguments.get(1, "b"))


def _taken(site: Site, value: Value, key: Value) -> Value:
    assert isinstance(site.node, ast.expr)
    written = ast.Subscript(site.node, ast.Constant(key if isinstance(key, str | int) else None), ast.Load())
    return item(site.at(ast.copy_location(written, site.node)), value, key)


def _getter(take: Callable[[Site, Value, Value], Value]) -> Handler:
    """Return the handler of ``itemgetter(1, "a")`` or ``attrgetter("name")``: one thing, or a tuple."""

    def make(site: Site, arguments: Arguments) -> Value:
        names = arguments.positional

        def get(site: Site, given: Arguments) -> Value:
            found = tuple(take(site, given.get(0, "obj"), name) for name in names)
            return found[0] if len(found) == 1 else found

        return Native(get) if names and not arguments.open else Unknown()

    return make


def _attribute(site: Site, value: Value, name: Value) -> Value:
    parts = text_of(name)
    if parts is None:
        return site.lost("an attribute of unknown name")
    for part in parts.split("."):
        value = get_attribute(site, value, part)
    return value


def _method(site: Site, arguments: Arguments) -> Value:
    """Return ``methodcaller("reshape", -1)``."""
    name, rest = arguments.get(0, "name"), Arguments(arguments.positional[1:], arguments.keywords)

    def call(site: Site, given: Arguments) -> Value:
        return site.call(_attribute(site, given.get(0, "obj"), name), rest)

    return Native(call)


_FUNCTIONS: dict[str, Handler] = {
    **{f"operator.{name}": _operation(sign) for name, sign in _BINARY.items()},
    **{f"operator.{name}": _comparison(sign) for name, sign in _COMPARISONS.items()},
    "operator.getitem": _item,
    "operator.itemgetter": _getter(_taken),
    "operator.attrgetter": _getter(_attribute),
    "operator.methodcaller": _method,
}


LIBRARY = Library("operator", functions=_FUNCTIONS)
