"""Baselines: the findings that a project has today, so that only new ones are reported.

A baseline is a JSON file that is committed with the code. Findings are recognised by their fingerprints
(rule, path, layer and what it reads), which survive when lines move; what is alike is counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from layoutlint.model.findings import Coverage, Finding, Report
from layoutlint.run.fingerprints import fingerprint, portable
from layoutlint.system.regular_files import MEBIBYTE, holds, read, words

VERSION = 1
LARGEST = 64 * MEBIBYTE


class BaselineError(Exception):
    """A baseline cannot be used or written; ``str(error)`` says which and why, in one line."""


class Entry(Struct, frozen=True):
    """Findings that are alike: how they are recognised, how many there are, and what they are for people."""

    fingerprint: str
    rule: str
    path: str
    message: str
    count: int = 1


class _Document(Struct, frozen=True):
    version: int
    findings: tuple[Entry, ...]


class Baseline(Struct, frozen=True):
    """A file with the known findings; paths in it count from its folder."""

    file: Path
    entries: tuple[Entry, ...] = ()

    @property
    def root(self) -> str:
        """The folder from which paths count."""
        return str(self.file.absolute().parent)


def load(file: Path) -> Baseline:
    """Read a baseline. Raises BaselineError."""
    try:
        document = msgspec.json.decode(read(file, LARGEST), type=_Document)
    except OSError as error:
        raise BaselineError(f"{file}: {words(error)}; --write-baseline writes it") from None
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BaselineError(f"{file}: not a baseline: {error}") from None
    if document.version != VERSION:
        raise BaselineError(f"{file}: written by another version; --write-baseline writes it again")
    return Baseline(file, document.findings)


def of_findings(file: Path, findings: Iterable[Finding]) -> Baseline:
    """Make the baseline that knows some findings."""
    entries: dict[str, Entry] = {}
    root = Baseline(file).root
    for finding in findings:
        known_as = fingerprint(finding, root)
        known = entries.get(known_as)
        entries[known_as] = (
            Entry(known_as, finding.rule, portable(finding.location.path, root), finding.message)
            if known is None
            else msgspec.structs.replace(known, count=known.count + 1)
        )
    ordered = sorted(entries.values(), key=lambda entry: (entry.path, entry.rule, entry.fingerprint))
    return Baseline(file, tuple(ordered))


def save(baseline: Baseline) -> None:
    """Write a baseline, one line a finding, so that its changes are read well. Raises BaselineError."""
    rows = ",\n".join(f"  {json.dumps(_fields(entry))}" for entry in baseline.entries)
    text = f'{{"version": {VERSION}, "findings": [\n{rows}\n]}}\n' if rows else _EMPTY
    try:
        baseline.file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BaselineError(f"{baseline.file} cannot be written: {words(error)}") from None


_EMPTY = f'{{"version": {VERSION}, "findings": []}}\n'


def _fields(entry: Entry) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.structs.asdict(entry)
    # JSON has no way to write what is not text in a path
    return {
        name: value.encode(errors="backslashreplace").decode() if isinstance(value, str) else value
        for name, value in fields.items()
    }


def apply(baseline: Baseline, report: Report) -> list[Entry]:
    """Take the known findings out of a report and count them; return the entries that occur no more.

    Of an input that was not checked nothing is known, unless its file has gone.
    """
    left = Counter({entry.fingerprint: entry.count for entry in baseline.entries})
    new: list[Finding] = []
    for finding in report.findings:
        known_as = fingerprint(finding, baseline.root)
        if left[known_as] > 0:
            left[known_as] -= 1
            report.baselined += 1
        else:
            new.append(finding)
    report.findings = new
    return [entry for entry in _of_checked(baseline, report.inputs) if left[entry.fingerprint] > 0]


def _of_checked(baseline: Baseline, inputs: Sequence[Coverage]) -> Iterator[Entry]:
    status = {portable(coverage.path, baseline.root): coverage.status for coverage in inputs}
    for entry in baseline.entries:
        found = status.get(entry.path)
        gone = found is None and not holds(Path.exists, Path(baseline.root) / entry.path)
        if gone or found in ("checked", "skipped"):
            yield entry
