"""Reviewdog's diagnostic format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf.

Its columns count bytes of UTF-8.
"""

from __future__ import annotations

from typing import Any

from layoutlint.model.findings import Finding, Report, Severity
from layoutlint.model.origins import Location
from layoutlint.reports.addresses import byte_column, path_of, within
from layoutlint.reports.json_format import dumps
from layoutlint.reports.style import PLAIN, Style
from layoutlint.run.scenes import Scenes

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return the document as text that ends with a newline."""
    found = [_diagnostic(finding, scenes) for finding in report.findings]
    return dumps({"source": {"name": "layoutlint"}, "severity": "WARNING", "diagnostics": found})


def _diagnostic(finding: Finding, scenes: Scenes) -> dict[str, Any]:
    where = f"{within(finding.location)}: " if within(finding.location) else ""
    diagnostic: dict[str, Any] = {
        "message": where + finding.message,
        "location": _location(finding.location, scenes),
        "severity": SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }
    proposal = scenes.proposals.get((finding.rule, finding.location))
    if proposal is not None and proposal.safe and finding.location.cell is None:
        diagnostic["suggestions"] = [
            {"range": _range(edit.location, scenes), "text": edit.text} for edit in proposal.edits
        ]
    related = [
        {"message": witness.message, "location": _location(witness.location, scenes)}
        for witness in finding.evidence
    ]
    return diagnostic | ({"related_locations": related} if related else {})


def _location(place: Location, scenes: Scenes) -> dict[str, Any]:
    """A place; without lines in a saved model, and in a notebook, whose file has other ones."""
    location: dict[str, Any] = {"path": path_of(place)}
    if place.line is not None and place.cell is None:
        location["range"] = _range(place, scenes)
    return location


def _range(place: Location, scenes: Scenes) -> dict[str, Any]:
    return {
        name: {"line": line, "column": byte_column(scenes, place, line, column)}
        for name, line, column in (
            ("start", place.line, place.column),
            ("end", place.end_line, place.end_column),
        )
        if line is not None and column is not None
    }
