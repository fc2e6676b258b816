"""What is assigned to which name in a file, where a name is assigned once."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from layoutlint.model.origins import SourceFile
from layoutlint.model.syntax_text import nodes_of, syntax_if_any

T = TypeVar("T", bound=tuple[Any, ...])
_line = itemgetter(0)


def single_assignments(file: SourceFile, near: ast.AST | None = None) -> Mapping[str, ast.expr]:
    """Return the names of a file that are bound exactly once, by a plain assignment or one of a tuple to a
    tuple, with what they are given; ``near`` a place, those that its function binds once come first.
    """
    return _assigned_once(file, getattr(near, "lineno", 0))


@lru_cache(maxsize=1024)
def _assigned_once(file: SourceFile, line: int) -> Mapping[str, ast.expr]:
    whole, functions = _assignments(file)
    found = whole
    for first, last, names, bound in functions:
        if first <= line <= last:
            found = {name: value for name, value in found.items() if name not in bound} | names
    return found


@lru_cache(maxsize=8)
def attributes_given(file: SourceFile) -> Mapping[str, ast.expr]:
    """Return the attributes that a file assigns once, as they are written, with what they are given:
    ``self.size``.
    """
    tree = syntax_if_any(file.text)
    given: dict[str, ast.expr] = {}
    times: Counter[str] = Counter()
    for node in () if tree is None else nodes_of(tree):
        match node:
            case ast.Attribute(ctx=ast.Store()):
                times[ast.unparse(node)] += 1
            case ast.Assign([ast.Attribute() as target], value):
                given[ast.unparse(target)] = value
    return {name: value for name, value in given.items() if times[name] == 1}


@lru_cache(maxsize=8)
def names_given(file: SourceFile) -> Mapping[tuple[int, int], str]:
    """Return the names that a file gives the values of expressions, by their lines and columns."""
    tree = syntax_if_any(file.text)
    if tree is None:
        return {}
    assigned = (node for node in nodes_of(tree) if isinstance(node, ast.Assign) and len(node.targets) == 1)
    pairs = (pair for node in assigned for pair in _bound(node.targets[0], node.value))
    return {(value.lineno, value.col_offset): name for name, value in pairs}


Position: TypeAlias = tuple[int, int, int | None, int | None]


def position(node: ast.expr) -> Position:
    """Return where an expression begins and ends: lines from 1, columns from 0."""
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


@lru_cache(maxsize=8)
def targets_of_calls(file: SourceFile) -> Mapping[Position, list[ast.expr]]:
    """Return what the results of calls are unpacked into, by the places of the calls."""
    tree = syntax_if_any(file.text)
    found: dict[Position, list[ast.expr]] = {}
    for node in () if tree is None else nodes_of(tree):
        match node:
            case ast.Assign([ast.Tuple(targets) | ast.List(targets)], ast.Call() as value):
                found[position(value)] = targets
    return found


_Bound: TypeAlias = tuple[int, int, dict[str, ast.expr], frozenset[str]]


@lru_cache(maxsize=8)
def _assignments(file: SourceFile) -> tuple[dict[str, ast.expr], list[_Bound]]:
    """Return what is bound once in all of a file, and in each function of it: its first and last line, what
    it binds once, and all names that it binds.
    """
    tree = syntax_if_any(file.text)
    if tree is None:
        return {}, []
    binding = _Binding(tree)
    functions = [(first, last, *binding.within(first, last)) for first, last in sorted(binding.functions)]
    return binding.within(0, len(file.lines) + 1)[0], functions


class _Binding:
    """What a file binds, with the lines: gathered once for all of its functions."""

    def __init__(self, tree: ast.Module) -> None:
        self.functions: list[tuple[int, int]] = []
        self._given: list[tuple[int, str, ast.expr]] = []
        self._bound: list[tuple[int, str, int]] = []
        for node in nodes_of(tree):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self.functions.append((node.lineno, node.end_lineno or node.lineno))
                case ast.Assign([target], value):
                    self._given += [(node.lineno, *given) for given in _bound(target, value)]
                case ast.Name(name, ast.Store()):
                    self._bound.append((node.lineno, name, 1))
                case ast.arg(name):
                    # a parameter has a value that no assignment says
                    self._bound.append((node.lineno, name, 2))
        self._given.sort(key=_line)
        self._bound.sort(key=_line)

    def within(self, first: int, last: int) -> tuple[dict[str, ast.expr], frozenset[str]]:
        """Return what the lines bind once, and all names that they bind."""
        times: Counter[str] = Counter()
        for _, name, count in _between(self._bound, first, last):
            times[name] += count
        given = _between(self._given, first, last)
        return {name: value for _, name, value in given if times[name] == 1}, frozenset(times)


def _between(rows: list[T], first: int, last: int) -> list[T]:
    """Return the rows of some lines, out of rows in the order of their lines."""
    return rows[bisect_left(rows, first, key=_line) : bisect_right(rows, last, key=_line)]


def _bound(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=False) if len(target.elts) == len(value.elts) else ()
        for name, given in pairs:
            if isinstance(name, ast.Name):
                yield name.id, given
    elif isinstance(target, ast.Tuple) and len(target.elts) == 2 and (whole := _two_sizes(value)) is not None:
        for place, name in enumerate(target.elts):
            if isinstance(name, ast.Name):
                item = ast.Subscript(whole, ast.Constant(place), ast.Load())
                yield name.id, ast.copy_location(item, value)


def _two_sizes(value: ast.expr) -> ast.expr | None:
    """``img.shape`` of two axes, ``img.shape[:2]``, ``img.size``: what two names are given at once."""
    if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Slice):
        part = value.slice
        starts = part.lower is None or getattr(part.lower, "value", None) == 0
        ends = getattr(part.upper, "value", None) == 2 and part.step is None
        value = value.value if starts and ends else value
    return value if isinstance(value, ast.Attribute) and value.attr in ("shape", "size") else None
