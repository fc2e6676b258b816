"""JSON for machines: one document, versioned, described in ``docs/json.md`` and ``schemas/check.json``.

Lines and columns count from 1; a field that does not apply is null and never absent.
"""

from __future__ import annotations

import json
import re
from typing import Any

from layoutlint.model.findings import Coverage, Finding, Proposal, Report, VersionBound, Witness
from layoutlint.model.origins import Location
from layoutlint.reports.style import PLAIN, Style
from layoutlint.run.scenes import Scenes

VERSION = 1
"""Changes when a field goes or changes its meaning; new fields may come without it."""


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return the document of ``check`` as text that ends with a newline."""
    document = {
        "version": VERSION,
        "findings": [finding_entry(finding, scenes) for finding in report.findings],
        "inputs": [input_entry(coverage) for coverage in report.inputs],
        "ignored": report.ignored,
        "baselined": report.baselined,
        "unchanged": report.unchanged,
    }
    return dumps(document)


def dumps(document: Any) -> str:
    """Return a document as ASCII text (so that any terminal and any encoding can carry it), one newline at
    the end.
    """
    return valid(json.dumps(document, indent=2)) + "\n"


_ESCAPES = re.compile(r"\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(?P<lone>\\ud[89a-f][0-9a-f]{2})")


def valid(text: str) -> str:
    """Return JSON in which half a surrogate pair is text: names that are no text have it, and no other
    reader of JSON takes it.
    """
    return _ESCAPES.sub(_escaped, text) if "\\ud" in text else text


def _escaped(escape: re.Match[str]) -> str:
    return "\\" + escape[0] if escape["lone"] else escape[0]


def finding_entry(finding: Finding, scenes: Scenes) -> dict[str, Any]:
    """Return a finding as JSON holds it."""
    place = finding.location
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "message": finding.message,
        **placed(place),
        "layer": place.layer,
        "evidence": [_witness(witness) for witness in finding.evidence],
        "interpretation": finding.interpretation,
        "axes": [{"role": axis.role, "size": axis.size} for axis in finding.axes],
        "conditions": list(finding.conditions),
        "tip": finding.tip,
        "fix": _fix(finding, scenes.proposal(finding)),
        "keras": None if finding.keras is None else _bound(finding.keras),
    }


def placed(place: Location) -> dict[str, Any]:
    """Return a place as JSON holds it."""
    return {"path": place.path, **_span(place)}


def _span(place: Location) -> dict[str, Any]:
    return {name: getattr(place, name) for name in ("line", "column", "end_line", "end_column", "cell")}


def _witness(witness: Witness) -> dict[str, Any]:
    place = witness.location
    return {"message": witness.message, **placed(place), "layer": place.layer}


def _fix(finding: Finding, proposal: Proposal | None) -> dict[str, Any] | None:
    """Return the fix that the rule names; without edits where it cannot be made, with the reason."""
    if finding.fix is None or proposal is None:
        return None
    return {
        "name": finding.fix,
        "safe": proposal.safe,
        "note": proposal.note,
        "reason": proposal.reason,
        "edits": [{**_span(edit.location), "text": edit.text} for edit in proposal.edits],
    }


def _bound(bound: VersionBound) -> dict[str, Any]:
    return {"versions": list(bound.versions), "known": bound.known, "reason": bound.reason}


def input_entry(coverage: Coverage) -> dict[str, Any]:
    """Return what became of an input as JSON holds it."""
    names = ("path", "kind", "status", "reason", "models", "layers", "known", "partial", "unknown", "unread")
    keras = coverage.keras
    version = None if keras is None else {"version": keras.number, "reason": keras.reason}
    return {name: getattr(coverage, name) for name in names} | {"keras": version}
