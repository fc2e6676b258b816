"""Proposals: what the fix of each finding would change, worked out and tried, and nothing written."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from msgspec import Struct

from layoutlint.fixes import writing
from layoutlint.fixes.session import Session
from layoutlint.model.findings import Finding, Proposal, TextEdit
from layoutlint.model.origins import Location, SourceFile
from layoutlint.run.projects import Projects


class Wanted(Struct, frozen=True):
    """A file, and its findings that have a fix."""

    path: str
    findings: Sequence[Finding]


class Proposer(Struct, frozen=True):
    """Works out the proposals for the findings of files."""

    projects: Projects

    def __call__(self, wanted: Wanted) -> list[Proposal]:
        """Return a proposal for each finding: each fix by itself, made in the text as it is."""
        try:
            file = writing.read(wanted.path)
        except writing.NotWritableError as error:
            return [Proposal(reason=str(error)) for _ in wanted.findings]
        session = Session.of(self.projects, wanted.path, file.cells, unsafe=True)
        source = SourceFile(wanted.path, file.text, file.cells)
        return [_proposal(session, source, finding) for finding in wanted.findings]


def _proposal(session: Session, source: SourceFile, finding: Finding) -> Proposal:
    outcome = session.run(source.text, [finding])
    if not outcome.applied:
        reasons = [refused.reason for refused in outcome.refused]
        return Proposal(reason=reasons[0] if reasons else "the fix cannot be made")
    notes = dict.fromkeys(applied.note for applied in outcome.applied if applied.note)
    return Proposal(
        tuple(edits(source, outcome.text)),
        safe=all(applied.safe for applied in outcome.applied),
        note="; ".join(notes) or None,
    )


def edits(source: SourceFile, after: str) -> list[TextEdit]:
    """Return the spans of a text that differ from another one, and what replaces them there."""
    old, new = source.lines, SourceFile(source.path, after).lines
    found = []
    for kind, first, last, start, end in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "replace" and last - first == end - start:
            found += [_of_line(source, at + 1, new[at - first + start]) for at in range(first, last)]
        elif kind != "equal":
            found.append(_of_lines(source, first + 1, last + 1, new[start:end]))
    return found


def _of_line(source: SourceFile, line: int, after: str) -> TextEdit:
    """Return the part of a line that changes, between what it has in common with the new one."""
    before = source.lines[line - 1]
    shorter = min(len(before), len(after))
    left = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    right = next((at for at in range(shorter - left) if before[-1 - at] != after[-1 - at]), shorter - left)
    cell, number = source.cell_line(line)
    place = Location(source.path, number, left + 1, number, len(before) - right + 1, cell)
    return TextEdit(place, after[left : len(after) - right])


def _of_lines(source: SourceFile, first: int, last: int, lines: Sequence[str]) -> TextEdit:
    """Whole lines, from the first up to and without the last, exchanged for others."""
    cell, number = source.cell_line(first)
    place = Location(source.path, number, 1, number + last - first, 1, cell)
    return TextEdit(place, "".join(f"{line}\n" for line in lines))
