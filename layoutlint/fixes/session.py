"""A session: the fixes of one file, one after the other, each judged by what it brings.

After every edit the file is read and judged again. An edit stays only if its finding is gone, the layer reads
what the fix has promised, and no finding stands that was not there before; where the way out of one finding
lays another one bare that has a fix itself, the two stay or go together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from layoutlint.model.findings import Finding, Sizes
from layoutlint.model.graph import Graph
from layoutlint.model.keras_version import OPEN, KerasVersion
from layoutlint.model.origins import Cell
from layoutlint.model.syntax_text import syntax_of
from layoutlint.model.unreadable import UnreadableError
from layoutlint.run.projects import Projects

if TYPE_CHECKING:
    from layoutlint.fixes.edits import Edit

Judge: TypeAlias = Callable[[Graph], Sequence[Finding]]
Key: TypeAlias = tuple[str, int | None, int | None]

MAX_CHAIN = 8
"""So many edits may depend on each other."""


class Applied(Struct, frozen=True):
    """A fix that was made."""

    finding: Finding
    safe: bool
    note: str | None


class Refused(Struct, frozen=True):
    """A fix that was not made, and why; ``unsafe`` if it only was not asked for."""

    finding: Finding
    reason: str
    unsafe: bool = False


class FixOutcome(Struct):
    """A file after its fixes."""

    text: str
    applied: list[Applied] = []
    refused: list[Refused] = []


class _RefusedError(Exception):
    def __init__(self, reason: str, unsafe: bool = False) -> None:
        super().__init__(reason)
        self.unsafe = unsafe


class Session(Struct, frozen=True):
    """How the fixes of one file are made: ``judge`` gives a graph's findings, ``unsafe`` allows all fixes,
    ``keras`` is the version that the configuration names.
    """

    path: str
    cells: tuple[Cell, ...]
    judge: Judge
    unsafe: bool
    keras: KerasVersion = OPEN

    @classmethod
    def of(cls, projects: Projects, path: str, cells: tuple[Cell, ...], unsafe: bool) -> Session:
        """Return the session for a file, under the rules of its configuration."""
        from layoutlint.engine.judge import Options, judge
        from layoutlint.run.rule_choice import chosen_rules

        configuration = projects.of(path)
        rules = chosen_rules(configuration)
        options = Options(min_confidence=configuration.min_confidence)

        def judged(graph: Graph) -> list[Finding]:
            return judge(graph, rules, options)

        return cls(path, cells, judged, unsafe, configuration.keras)

    def run(self, text: str, findings: Sequence[Finding]) -> FixOutcome:
        """Fix these findings, which were made from this text."""
        outcome = FixOutcome(text)
        asked = {key(finding): finding for finding in findings if finding.fix is not None}
        while asked:
            standing = self._findings(outcome.text)[0]
            there = {key(finding): finding for finding in standing}
            at, finding = next(iter(asked.items()))
            del asked[at]
            if at not in there:
                if not outcome.applied:  # else a fix before has taken it away on its way
                    reason = "it comes from a program that imports this file"
                    outcome.refused.append(Refused(finding, reason))
                continue
            try:
                changed, applied = self._fixed(outcome.text, there[at])
            except _RefusedError as error:
                outcome.refused.append(Refused(finding, str(error), error.unsafe))
            else:
                if sum(key(other) == at for other in standing) > 1:
                    asked[at] = finding  # two arrays on one line
                lines = _Lines.between(outcome.text, changed)
                asked = {lines.moved(old): wanted for old, wanted in asked.items()}
                outcome.text = changed
                outcome.applied += applied
        return outcome

    def _fixed(self, text: str, finding: Finding) -> tuple[str, list[Applied]]:
        """Return the text without the finding, and what was done for it."""
        before, graph = self._findings(text)
        start = text
        applied: list[Applied] = []
        current = finding
        for _ in range(MAX_CHAIN):
            try:
                changed, edit = self._edited(text, current)
            except _RefusedError as error:
                if not applied or error.unsafe:
                    raise
                instead = f"{current.rule} would be on line {current.location.line} instead"
                raise _RefusedError(f"{instead}: {error}") from None
            after, new_graph = self._findings(changed)
            count = Counter(map(key, after))
            lines = _Lines.between(start, changed)
            known = Counter(lines.moved(key(found)) for found in before)
            own = _Lines.between(text, changed).moved(key(current))
            if count[own] >= max(known[own], 1):
                raise _RefusedError("the finding would remain after the fix")
            if edit.expects is not None and not _reads(new_graph, graph, current, edit.expects):
                raise _RefusedError("the fixed program would give the layer another shape than intended")
            applied.append(Applied(current, edit.safe, edit.note))
            fresh = [found for found in after if count[key(found)] > known[key(found)]]
            if not fresh:
                if count[lines.moved(key(finding))] >= max(known[key(finding)], 1):
                    raise _RefusedError("fixing another finding would bring it back")
                return changed, applied
            current = fresh[0]
            if current.fix is None:
                raise _RefusedError(f"{current.rule} would be on line {current.location.line} instead")
            text, graph = changed, new_graph
        raise _RefusedError("the fix would only replace this finding by another")

    def _edited(self, text: str, finding: Finding) -> tuple[str, Edit]:
        from layoutlint.fixes import registry
        from layoutlint.fixes.edits import NotFixableError
        from layoutlint.fixes.source_text import Source

        try:
            source = Source(text, self.path, self.cells)
            edit = registry.run(source, finding)
            changed = source.apply(edit.changes)
        except NotFixableError as error:
            raise _RefusedError(str(error)) from None
        if not edit.safe and not self.unsafe:
            raise _RefusedError("the fix is unsafe: it changes what the program computes", unsafe=True)
        if self.cells and changed.count("\n") != text.count("\n"):
            raise _RefusedError("the fix would move the lines of a notebook's cell")
        try:
            syntax_of(changed)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise _RefusedError("the fixed file would not parse") from None
        return changed, edit

    def _findings(self, text: str) -> tuple[Sequence[Finding], Graph]:
        from layoutlint.readers import source

        try:
            graph = source.read(text, self.path, self.cells, keras=self.keras)
        except UnreadableError as error:
            raise _RefusedError(f"the file cannot be read: {error}") from None
        return [found for found in self.judge(graph) if found.location.path == self.path], graph


def key(finding: Finding) -> Key:
    """Return a finding by its rule and line; :class:`_Lines` tells where an edit moves it."""
    return (finding.rule, finding.location.cell, finding.location.line)


class _Lines(Struct, frozen=True):
    """Which lines an edit has moved, and how far: those behind the lines that it has changed."""

    first: int
    last: int
    by: int

    @classmethod
    def between(cls, before: str, after: str) -> _Lines:
        old, new = before.split("\n"), after.split("\n")
        shorter = min(len(old), len(new))
        same = next((place for place in range(shorter) if old[place] != new[place]), shorter)
        end = next(
            (place for place in range(shorter - same) if old[-1 - place] != new[-1 - place]), shorter - same
        )
        return cls(same + 1, len(old) - end, len(new) - len(old))

    def moved(self, at: Key) -> Key:
        rule, cell, line = at
        return at if line is None or line <= max(self.last, self.first - 1) else (rule, cell, line + self.by)


def _reads(after: Graph, before: Graph, finding: Finding, expects: Sizes) -> bool:
    """Tell whether one more call of the finding's layer reads these sizes than before."""
    name = finding.repair.layer.name if finding.repair is not None and finding.repair.layer else None
    return _count(after, name, expects) > _count(before, name, expects)


def _count(graph: Graph, name: str | None, sizes: Sizes) -> int:
    from layoutlint.engine.repair import constructor

    found = 0
    for call in graph.calls:
        if call.layer.kind != "input":
            read = constructor(call)
            found += read.name == name and read.before == sizes
    return found
