"""Reviewdog's diagnostic format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf.

Its columns count bytes of UTF-8.
"""

from __future__ import annotations

from typing import Any

from layoutlint.model.findings import Finding, Report, Severity
from layoutlint.model.origins import Location
from layoutlint.reports.addresses import byte_column, has_lines, path_of, public_page, safe_edits, within
from layoutlint.reports.json_format import dumps
from layoutlint.reports.style import PLAIN, Style
from layoutlint.run.scenes import Scenes

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return the document as text that ends with a newline."""
    found = [_diagnostic(finding, scenes) for finding in report.findings]
    return dumps({"source": {"name": "layoutlint"}, "severity": "WARNING", "diagnostics": found})


def _diagnostic(finding: Finding, scenes: Scenes) -> dict[str, Any]:
    address = public_page(scenes, finding.rule)
    diagnostic = {
        "message": within(finding.location) + finding.message,
        "location": _location(finding.location, scenes),
        "severity": SEVERITIES[finding.severity],
        "code": {"value": finding.rule} | ({} if address is None else {"url": address}),
    }
    suggestions = [
        {"range": _range(edit.location, scenes), "text": edit.text} for edit in safe_edits(finding, scenes)
    ]
    related = [
        {"message": witness.message, "location": _location(witness.location, scenes)}
        for witness in finding.evidence
    ]
    further = {"suggestions": suggestions, "related_locations": related}
    return diagnostic | {name: found for name, found in further.items() if found}


def _location(place: Location, scenes: Scenes) -> dict[str, Any]:
    """Return a place; without lines in a saved model, and in a notebook, whose file has other ones."""
    location: dict[str, Any] = {"path": path_of(place)}
    if has_lines(place):
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
