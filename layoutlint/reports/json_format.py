"""JSON for machines: one document, versioned, described in ``docs/json.md``.

Lines and columns count from 1; a field that does not apply is null and never absent.
"""

from __future__ import annotations

import json
import re
from typing import Any

from layoutlint.model.findings import Coverage, Finding, Report, VersionBound, Witness
from layoutlint.reports.style import PLAIN, Style
from layoutlint.run.scenes import Scenes

VERSION = 1
"""Changes when a field goes or changes its meaning; new fields may come without it."""


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """The document of ``check`` as text that ends with a newline."""
    document = {
        "version": VERSION,
        "findings": [_finding(finding) for finding in report.findings],
        "inputs": [_input(coverage) for coverage in report.inputs],
    }
    return dumps(document)


def dumps(document: dict[str, Any]) -> str:
    """A document as ASCII text (so that any terminal and any encoding can carry it), one newline at the
    end.
    """
    text = json.dumps(document, indent=2) + "\n"
    return _ESCAPES.sub(_valid, text) if "\\ud" in text else text


_ESCAPES = re.compile(r"\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(?P<lone>\\ud[89a-f][0-9a-f]{2})")


def _valid(escape: re.Match[str]) -> str:
    """An escape as it is, but half a surrogate pair as text: it is in names that are no text, and no other
    reader of JSON takes it.
    """
    return "\\" + escape[0] if escape["lone"] else escape[0]


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "message": finding.message,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "cell": place.cell,
        "layer": place.layer,
        "evidence": [_witness(witness) for witness in finding.evidence],
        "interpretation": finding.interpretation,
        "keras": None if finding.keras is None else _bound(finding.keras),
    }


def _witness(witness: Witness) -> dict[str, Any]:
    place = witness.location
    return {"message": witness.message, "path": place.path, "line": place.line, "column": place.column}


def _bound(bound: VersionBound) -> dict[str, Any]:
    return {"versions": list(bound.versions), "known": bound.known, "reason": bound.reason}


def _input(coverage: Coverage) -> dict[str, Any]:
    names = ("path", "kind", "status", "reason", "models", "layers", "known", "partial", "unknown", "unread")
    keras = coverage.keras
    version = None if keras is None else {"version": keras.number, "reason": keras.reason}
    return {name: getattr(coverage, name) for name in names} | {"keras": version}
