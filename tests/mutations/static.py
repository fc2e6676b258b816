"""What a default run of layoutlint finds in a mutant and not in its original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from layoutlint.api import check_source
from layoutlint.model.findings import Finding


@dataclass(frozen=True)
class Found:
    """A new finding: its rule, its message, its line, and all lines that it shows."""

    rule: str
    message: str
    line: int | None
    lines: frozenset[int]


def findings(text: str, path: str) -> list[Finding]:
    """The findings of a default run."""
    return list(check_source(text, path).findings)


def known(found: Iterable[Finding]) -> frozenset[tuple[str, int | None]]:
    """What makes a finding of the original the same in the mutant: its rule and its line."""
    return frozenset((finding.rule, finding.location.line) for finding in found)


def new(text: str, path: str, before: frozenset[tuple[str, int | None]]) -> list[Found]:
    """The findings in a mutant that its original does not have."""
    found = []
    for finding in findings(text, path):
        if (finding.rule, finding.location.line) in before:
            continue
        places = [finding.location, *(piece.location for piece in finding.evidence)]
        lines = frozenset(line for place in places for line in _lines(place))
        found.append(Found(finding.rule, finding.message, finding.location.line, lines))
    return found


def _lines(place: object) -> range:
    first = getattr(place, "line", None)
    last = getattr(place, "end_line", None)
    return range(first, (last or first) + 1) if first else range(0)
