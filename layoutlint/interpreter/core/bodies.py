"""What the body of a function says of its names before it is entered."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec import Struct


class BodyFacts(Struct, frozen=True):
    """Whether a function yields, its ``global`` and ``nonlocal`` names, and whether its body is still to be
    written, by a subclass or by a reader of the lesson.
    """

    is_generator: bool
    global_names: frozenset[str]
    nonlocal_names: frozenset[str]
    is_to_be_written: bool = False


def _is_to_be_written(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a body does nothing: ``pass``, ``...``, a docstring, ``raise NotImplementedError``."""
    return len(node.body) <= MAX_EMPTY and all(map(_does_nothing, node.body))


MAX_EMPTY = 3


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(ast.Constant()):
            return True
        case ast.Raise(ast.Name("NotImplementedError") | ast.Call(ast.Name("NotImplementedError"))):
            return True
        case _:
            return False


def body_facts(node: ast.FunctionDef | ast.AsyncFunctionDef, text: str) -> BodyFacts:
    """Return the facts of a function's own body; functions and classes inside it speak for themselves.

    ``text`` is that of the module: what it does not mention is not looked for.
    """
    may_yield = "yield" in text
    if not may_yield and "global" not in text and "nonlocal" not in text:
        return BodyFacts(False, frozenset(), frozenset(), _is_to_be_written(node))
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
            waiting.extend(ast.iter_child_nodes(current) if may_yield else _statements_in(current))
    return BodyFacts(generator, frozenset(global_names), frozenset(nonlocal_names), _is_to_be_written(node))


def _statements_in(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the statements right below one, and what holds some of them."""
    for name in _BLOCKS:
        yield from getattr(node, name, ())


_BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")
