"""Names that a module or a function binds anew: what a function in it that nothing calls finds under one is
not known.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from layoutlint.model.syntax_text import written


class Binding(Struct, frozen=True):
    """One statement of a module that gives a name a value: its line, and the syntax of the value."""

    name: str
    line: int
    made_by: ast.AST


class BoundValue(Struct, frozen=True):
    """A value that a name has from a line of the module on; the same text makes the same value."""

    line: int
    text: str


def values_by_name(
    tree: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef,
) -> Mapping[str, list[BoundValue]]:
    """Return, for each name that a module or a function binds more than once, what it is bound to, in order.

    What is made of the name's own value (``x = x / 255``) is no value of its own.
    """
    found: defaultdict[str, list[Binding]] = defaultdict(list)
    for binding in _bindings(tree.body):
        found[binding.name].append(binding)
    return {
        name: [BoundValue(each.line, written(each.made_by)) for each in bindings]
        for name, bindings in found.items()
        if len(bindings) > 1
    }


def bound_anew_after(values: Mapping[str, list[BoundValue]], line: int) -> list[str]:
    """Return the names that have several values, one after the other, from a line on."""
    return [name for name, bound in values.items() if len(_texts_from(bound, line)) > 1]


def _texts_from(values: list[BoundValue], line: int) -> set[str]:
    before = [value.text for value in values if value.line <= line]
    return {*before[-1:], *(value.text for value in values if value.line > line)}


def _bindings(statements: list[ast.stmt]) -> Iterator[Binding]:
    for node in statements:
        match node:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                yield Binding(name, node.lineno, node)
            case ast.Assign(targets, value):
                for target in targets:
                    yield from _assigned(target, value)
            case ast.AnnAssign(target, value=ast.expr() as value):
                yield from _assigned(target, value)
            case ast.If(test) if not written(test).startswith("__name__"):
                # the sides of a branch give one value
                names = dict.fromkeys(each.name for each in _bindings([*node.body, *node.orelse]))
                yield from (Binding(name, node.lineno, node) for name in names)
            case ast.For() | ast.AsyncFor() | ast.While() | ast.With() | ast.AsyncWith() | ast.If():
                yield from _bindings(node.body)
            case ast.Try():
                yield from _bindings([*node.body, *node.orelse, *node.finalbody])


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[Binding]:
    read = {each.id for each in ast.walk(value) if isinstance(each, ast.Name)}
    for each in ast.walk(target):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and each.id not in read:
            yield Binding(each.id, target.lineno, value)
