"""What many rows say together: a bounded amount, however many rows there are."""

from __future__ import annotations

import heapq
import posixpath
import re
from collections import Counter
from math import inf

from msgspec import Struct

from layoutlint.fleet.git_trees import is_git
from layoutlint.fleet.result_rows import ResultFinding, ResultRow
from layoutlint.model.origins import Location

SLOWEST = 10
EXAMPLES = 50
"""Findings that are kept of each rule, and inputs of each reason."""
REASONS = 500
OTHER = "other reasons"
PLACE = re.compile(r"^(?:cell \d+, )?line \d+: ")
"""Where in its input something cannot be parsed: another place is no other reason."""


class RuleTotal(Struct):
    """How often a rule has found something, in how many inputs, and the first places."""

    severity: str
    findings: int = 0
    inputs: int = 0
    examples: list[tuple[str, ResultFinding]] = []


class ReasonTotal(Struct):
    """How many inputs were left out for a reason, and the first of them."""

    status: str
    inputs: int = 0
    examples: list[str] = []


class Totals:
    """Counts rows as they come."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.versions: Counter[int | None] = Counter()
        self.shapes: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.rules: dict[str, RuleTotal] = {}
        self.reasons: dict[tuple[str, str], ReasonTotal] = {}
        self.layoutlint: Counter[str] = Counter()
        self.inputs = self.reused = self.with_findings = self.severe = self.failed = self.ignored = 0
        self.seconds = 0.0
        self._slowest: list[tuple[float, str]] = []

    def add(self, row: ResultRow, reused: bool = False) -> None:
        """Count a row; ``reused`` if an earlier run has made it."""
        self.inputs += 1
        self.reused += reused
        self.statuses[row.status] += 1
        self.seconds += row.seconds
        self.failed += row.is_failed
        if row.layoutlint:
            self.layoutlint[row.layoutlint] += 1
        if row.seconds:
            keep = heapq.heappush if len(self._slowest) < SLOWEST else heapq.heappushpop
            keep(self._slowest, (row.seconds, row.path))
        if row.status == "checked":
            self.kinds[row.kind] += 1
            self.versions[row.keras] += 1
            for name in ("models", "layers", "known", "partial", "unknown"):
                self.shapes[name] += getattr(row, name)
        else:
            self._leave_out(row, PLACE.sub("", row.reason or "no reason known"), row.status)
        for reason in dict.fromkeys(PLACE.sub("", place) for place in row.unread):
            self._leave_out(row, f"in part: {reason}", "error")
        self._findings(row)

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return self.severities.total()

    @property
    def by_version(self) -> list[tuple[int | None, int]]:
        """How many inputs were judged for each version of Keras, the oldest first, an unknown one last."""
        return sorted(self.versions.items(), key=lambda item: item[0] or inf)

    @property
    def slowest(self) -> list[tuple[float, str]]:
        """The inputs that took longest, the slowest first."""
        return sorted(self._slowest, reverse=True)

    @property
    def by_findings(self) -> list[tuple[str, RuleTotal]]:
        """The rules, the most frequent first."""
        return sorted(self.rules.items(), key=lambda item: (-item[1].findings, item[0]))

    @property
    def by_inputs(self) -> list[tuple[str, ReasonTotal]]:
        """The reasons why inputs were left out, errors first, then the most frequent."""
        found = ((reason, total) for (_, reason), total in self.reasons.items())
        return sorted(found, key=lambda item: (item[1].status, -item[1].inputs, item[0]))

    def _findings(self, row: ResultRow) -> None:
        self.ignored += row.ignored
        self.severe += row.severe
        self.with_findings += bool(row.findings)
        seen: set[str] = set()
        for finding in row.findings:
            self.severities[finding.severity] += 1
            total = self.rules.get(finding.rule)
            if total is None:
                total = self.rules[finding.rule] = RuleTotal(finding.severity)
            total.findings += 1
            total.inputs += finding.rule not in seen
            seen.add(finding.rule)
            if len(total.examples) < EXAMPLES:
                total.examples.append((row.path, finding))

    def _leave_out(self, row: ResultRow, reason: str, status: str) -> None:
        if (status, reason) not in self.reasons and len(self.reasons) >= REASONS:
            reason = OTHER
        total = self.reasons.get((status, reason))
        if total is None:
            total = self.reasons[status, reason] = ReasonTotal(status)
        total.inputs += 1
        if len(total.examples) < EXAMPLES:
            total.examples.append(row.path)


def place_of(path: str, finding: ResultFinding) -> str:
    """Return where a finding of an input is, as people write it."""
    if finding.file is not None:
        head, sign, inside = path.rpartition(":") if is_git(path) else ("", "", path)
        path = f"{head}{sign}{posixpath.normpath(posixpath.join(posixpath.dirname(inside), finding.file))}"
    return str(Location(path, finding.line, finding.column, cell=finding.cell, layer=finding.layer))
