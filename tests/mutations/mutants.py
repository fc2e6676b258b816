"""Programs, mutants, and the edits between them."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

SAMPLE: Final = 3
"""So many mutants of one operator are made of one program, spread over its places."""


@dataclass(frozen=True)
class Seen:
    """What real Keras saw of the layer that a constructor call makes, at its first use: shapes with the
    batch.
    """

    class_name: str
    inputs: tuple[tuple[int | None, ...], ...]
    outputs: tuple[tuple[int | None, ...], ...]
    fed: bool = False
    """Whether the program feeds data through it."""

    @property
    def rank(self) -> int:
        """The rank of the first input, the batch counted; 0 without one."""
        return len(self.inputs[0]) if self.inputs else 0


@dataclass(frozen=True)
class Edit:
    """The characters from ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Program:
    """A known-good program: its text, its syntax tree, and what Keras saw in it (by line and column from 1).

    ``fed`` are the shapes of the arrays that each line feeds to a model.
    """

    name: str
    path: Path
    text: str
    seen: Mapping[tuple[int, int], Seen] = field(default_factory=dict)
    fed: Mapping[int, tuple[tuple[int, ...], ...]] = field(default_factory=dict)

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The parent of every node."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        starts, at = [], 0
        for line in self.text.split("\n"):
            starts.append((at, line))
            at += len(line) + 1
        return starts

    def offset(self, line: int, column: int) -> int:
        """The place in the text of a 1-based line and a 0-based UTF-8 column."""
        start, text = self._lines[line - 1]
        return start + len(text.encode()[:column].decode())

    def span(self, node: Any) -> tuple[int, int]:
        """Where a node stands in the text."""
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def source(self, node: Any) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def at(self, node: Any) -> tuple[int, int]:
        """The 1-based line and column of a node."""
        start, _ = self._lines[node.lineno - 1]
        return node.lineno, self.offset(node.lineno, node.col_offset) - start + 1

    def seen_at(self, node: ast.Call) -> Seen | None:
        """What Keras saw of the layer that this call constructs; None if it constructs none."""
        return self.seen.get(self.at(node))

    def calls(self) -> Iterator[ast.Call]:
        """All calls, in the order of the text."""
        found = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        yield from sorted(found, key=lambda node: (node.lineno, node.col_offset, node.end_col_offset or 0))

    def layers(self, *names: str) -> Iterator[tuple[ast.Call, Seen]]:
        """The constructor calls of layers of these classes (all without names) that Keras used."""
        for call in self.calls():
            seen = self.seen_at(call)
            if seen is not None and (not names or seen.class_name in names) and _constructs(call):
                yield call, seen

    def replaced(self, node: Any, text: str) -> Edit:
        """The edit that puts ``text`` in the place of a node; lines stay where they are."""
        start, end = self.span(node)
        missing = self.text[start:end].count("\n") - text.count("\n")
        return Edit(start, end, text + "\n" * max(0, missing))

    def exchanged(self, a: Any, b: Any) -> tuple[Edit, Edit]:
        """The edits that let two nodes change places."""
        return self.replaced(a, self.source(b)), self.replaced(b, self.source(a))

    def applied(self, edits: Iterable[Edit]) -> str | None:
        """The mutant's text; None if it is no Python, or lines would move, or nothing changes."""
        text = self.text
        for edit in sorted(edits, key=lambda edit: -edit.start):
            text = text[: edit.start] + edit.text + text[edit.end :]
        if text == self.text or text.count("\n") != self.text.count("\n"):
            return None
        try:
            ast.parse(text)
        except SyntaxError:
            return None
        return text

    def spelled(self, beside: ast.Call, name: str) -> tuple[str, list[Edit]]:
        """How the program writes another layer's name beside this call, and the import that it needs."""
        function = beside.func
        if isinstance(function, ast.Attribute):
            return f"{self.source(function.value)}.{name}", []
        if self._binds(name):
            return name, []
        imports = (n for n in ast.walk(self.tree) if isinstance(n, ast.Import | ast.ImportFrom))
        first = min(
            (n for n in imports if getattr(n, "module", "") != "__future__"),
            key=lambda n: (n.col_offset, n.lineno),
        )
        start, _ = self.span(first)
        package = "tensorflow.keras" if "tensorflow.keras" in self.text else "keras"
        return name, [Edit(start, start, f"from {package}.layers import {name}; ")]

    def _binds(self, name: str) -> bool:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                star = any(alias.name == "*" for alias in node.names) and "layers" in (node.module or "")
                if star or any((alias.asname or alias.name) == name for alias in node.names):
                    return True
        return False


def _constructs(call: ast.Call) -> bool:
    """Whether it is the constructor, and not the use, of a layer: ``Conv2D(8, 3)(x)`` begins with one."""
    return isinstance(call.func, ast.Name | ast.Attribute)


@dataclass(frozen=True)
class Draft:
    """What an operator proposes: edits, the node that they change, and in words what becomes of it.

    ``speaks`` says what in the program tells of the mistake, where the operator knows; the other evidence is
    looked for in :mod:`tests.mutations.classification`.
    """

    node: Any
    edits: tuple[Edit, ...]
    said: str
    speaks: str = ""


@dataclass(frozen=True)
class Mutant:
    """A program with one layout broken."""

    program: Program
    operator: str
    text: str
    said: str
    lines: tuple[int, int]
    speaks: str = ""
    node: Any = field(default=None, compare=False)

    @cached_property
    def id(self) -> str:
        """By content: the operator, and what the program has become."""
        digest = hashlib.sha256(f"{self.operator}\n{self.text}".encode()).hexdigest()[:10]
        return f"{self.program.name}/{self.operator}/{digest}"


@dataclass(frozen=True)
class Operator:
    """A way to break a layout. ``feeding`` ones change the data or targets and not the models."""

    name: str
    summary: str
    drafts: Callable[[Program], Iterator[Draft]]
    feeding: bool = False


OPERATORS: dict[str, Operator] = {}


def operator(name: str, summary: str, feeding: bool = False) -> Callable[[Any], Any]:
    """Enters a function (program) -> drafts in the table."""

    def enter(drafts: Callable[[Program], Iterator[Draft]]) -> Callable[[Program], Iterator[Draft]]:
        OPERATORS[name] = Operator(name, summary, drafts, feeding)
        return drafts

    return enter


def mutants(program: Program, operators: Iterable[Operator], sample: int = SAMPLE) -> list[Mutant]:
    """The mutants of a program, at most ``sample`` of each operator, spread over the text."""
    found: list[Mutant] = []
    for one in operators:
        made: dict[str, Mutant] = {}
        for draft in one.drafts(program):
            text = program.applied(draft.edits)
            if text is not None and text not in made:
                lines = (draft.node.lineno, draft.node.end_lineno or draft.node.lineno)
                made[text] = Mutant(program, one.name, text, draft.said, lines, draft.speaks, draft.node)
        found.extend(_spread(list(made.values()), sample))
    return found


def _spread(items: list[Mutant], count: int) -> list[Mutant]:
    if not count:
        return []
    if len(items) <= count:
        return items
    if count == 1:
        return items[:1]
    return [items[round(place * (len(items) - 1) / (count - 1))] for place in range(count)]


# What operators ask of calls ----------------------------------------------------------------


def short_name(call: ast.Call) -> str:
    """The last part of what is called: ``Conv1D`` of ``layers.Conv1D(…)``."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def root_name(node: ast.AST) -> str:
    """The first part: ``tf`` of ``tf.nn.softmax``."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def keyword(call: ast.Call, *names: str) -> ast.keyword | None:
    """The first keyword argument under one of the names."""
    return next((k for k in call.keywords if k.arg in names), None)


def argument(call: ast.Call, place: int, *names: str) -> Any:
    """An argument by its place or its name; None if it is not given."""
    given = keyword(call, *names)
    if given is not None:
        return given.value
    if place < len(call.args) and not any(isinstance(a, ast.Starred) for a in call.args[: place + 1]):
        return call.args[place]
    return None


def number(node: Any) -> int | None:
    """The whole number that is written, with its sign."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = number(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    return None


def with_argument(program: Program, call: ast.Call, name: str, value: str) -> Edit:
    """The edit that gives a call one more keyword argument."""
    _, end = program.span(call)
    inside = program.text[program.span(call.func)[1] : end].strip()[1:-1].strip()
    comma = "" if not inside or inside.endswith(",") else ", "
    return Edit(end - 1, end - 1, f"{comma}{name}={value}")
