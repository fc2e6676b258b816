"""The programs that are changed, and what is found in them and in their variants.

Every program is first written by ``ast.unparse``, one statement a line, and compared in that form with its
variants: a finding is known by its rule and by the line of its statement in the unchanged program.
"""

from __future__ import annotations

import ast
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from layoutlint.engine import examples
from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin
from layoutlint.model.findings import Confidence
from layoutlint.readers import source

TESTS: Final = Path(__file__).parent.parent
RULES: Final = tuple(builtin())
OPTIONS: Final = Options(min_confidence=Confidence.MEDIUM)
LINE: Final = "line_before"
"""The attribute under which a statement of a variant holds its line in the unchanged program."""

MISTAKE_IN_A_DEAD_BRANCH: Final = frozenset(["quiet/built_models_have_inputs"])
"""Programs that are right because one branch never runs: of an unknown condition nobody could say so."""


@dataclass(frozen=True)
class Outcome:
    """What a run says of a program: (rule, line) pairs, and whether its budget ended it.

    ``error`` is the internal error that stopped the run.
    """

    found: frozenset[tuple[str, int]] = frozenset()
    cut_short: bool = False
    error: str | None = None


@dataclass(frozen=True)
class Program:
    """A program to change; ``path`` is where the modules that it imports are."""

    name: str
    path: str
    written: str = field(repr=False)

    @cached_property
    def text(self) -> str:
        """The program with one statement a line."""
        return ast.unparse(ast.parse(self.written))

    def tree(self) -> ast.Module:
        """Return a new syntax tree, whose statements know their lines."""
        tree = ast.parse(self.text)
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt):
                setattr(node, LINE, node.lineno)
        return tree

    @cached_property
    def outcome(self) -> Outcome:
        """What is found in the unchanged program."""
        return outcome(self.text, self.path, {line: line for line in range(self.text.count("\n") + 2)})


@dataclass(frozen=True)
class Variant:
    """A changed program; ``beside`` are further modules (name → syntax tree) that it imports."""

    program: Program
    kind: str
    said: str
    tree: ast.Module = field(repr=False)
    beside: tuple[tuple[str, ast.Module], ...] = ()

    @cached_property
    def text(self) -> str:
        """The changed program."""
        return ast.unparse(ast.fix_missing_locations(self.tree))

    def outcome(self) -> Outcome:
        """What is found in the changed program."""
        if not self.beside:
            return outcome(self.text, self.program.path, _lines_before(self.tree, self.text))
        with tempfile.TemporaryDirectory() as folder:
            lines: dict[str, dict[int, int]] = {}
            for name, tree in (*self.beside, ("main", self.tree)):
                text = ast.unparse(ast.fix_missing_locations(tree))
                path = Path(folder, f"{name}.py")
                path.write_text(text, encoding="utf-8")
                lines[str(path)] = _lines_before(tree, text)
            return outcome(
                self.text, str(Path(folder, "main.py")), lines[str(Path(folder, "main.py"))], lines
            )


def outcome(
    text: str, path: str, lines: dict[int, int], elsewhere: dict[str, dict[int, int]] | None = None
) -> Outcome:
    """Check a text; ``lines`` maps its lines to those of the unchanged program."""
    try:
        graph = source.read(text, path)
        findings = judge(graph, RULES, OPTIONS)
    except Exception as error:
        return Outcome(error=f"{type(error).__name__}: {error}")
    found = set()
    for finding in findings:
        place = finding.location
        table = (elsewhere or {}).get(place.path, lines)
        found.add((finding.rule, table.get(place.line or 0, 0)))
    return Outcome(frozenset(found), any("cut short" in note for note in graph.notes))


def _lines_before(tree: ast.Module, text: str) -> dict[int, int]:
    """Map the lines of a variant's text to lines of the unchanged program."""
    found: dict[int, int] = {}
    last = 0
    for changed, parsed in zip(_statements(tree), _statements(ast.parse(text)), strict=True):
        last = getattr(changed, LINE, last)
        for line in range(parsed.lineno, (parsed.end_lineno or parsed.lineno) + 1):
            found[line] = last
    return found


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        yield from _statements(child)


def programs() -> list[Program]:
    """Return all programs: the corpus, quiet programs, labelled programs, and examples of rules."""
    paths = [
        *sorted((TESTS / "programs").glob("*.py")),
        *sorted((TESTS / "programs" / "zoo").glob("*.py")),
        *sorted((TESTS / "quiet").glob("*.py")),
        *sorted((TESTS / "mistakes").glob("*/*.py")),
    ]
    found = [
        Program(str(path.relative_to(TESTS).with_suffix("")), str(path), path.read_text(encoding="utf-8"))
        for path in paths
        if path.name != "__init__.py"
    ]
    found = [one for one in found if one.name not in MISTAKE_IN_A_DEAD_BRANCH]
    for rule in RULES:
        for example in examples.examples_of(rule):
            if example.language == "python":
                name = f"rules/{rule.name}:{example.line}"
                found.append(Program(name, name, example.text))
    return [one for one in found if _parses(one.written)]


def _parses(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError:
        return False
    return True
