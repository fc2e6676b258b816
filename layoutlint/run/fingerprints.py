"""Fingerprints: a finding as it is recognised again after its lines have moved."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator

from layoutlint.model.findings import Finding
from layoutlint.model.reads import digest
from layoutlint.run.display_paths import below

LENGTH = 32
"""Hexadecimal digits of a fingerprint."""


def fingerprint(finding: Finding, root: str) -> str:
    """Hash the rule, the path below a folder, the layer and what it reads; never a line or a column."""
    place = finding.location
    parts = (
        finding.rule,
        portable(place.path, root),
        str(place.cell or ""),
        place.layer or ",".join(finding.layers),
        finding.interpretation or finding.message,
    )
    return digest("\0".join(parts).encode(errors="surrogateescape"))[:LENGTH]


def numbered(findings: Iterable[Finding], root: str) -> Iterator[str]:
    """Return a fingerprint for each finding; findings that are alike are told apart by a number."""
    count: Counter[str] = Counter()
    for finding in findings:
        found = fingerprint(finding, root)
        count[found] += 1
        yield found if count[found] == 1 else f"{found}:{count[found]}"


def portable(path: str, root: str) -> str:
    """Write a path relative to a folder with forward slashes; one outside of the folder stays absolute."""
    absolute = os.path.abspath(path)  # noqa: PTH100 (a link stays one)
    return (below(absolute, root) or absolute).replace(os.sep, "/")
