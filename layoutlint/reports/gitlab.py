"""GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

import os
from typing import Any

from layoutlint.model.findings import Finding, Report, Severity
from layoutlint.reports.addresses import has_lines, path_of, within
from layoutlint.reports.json_format import dumps
from layoutlint.reports.style import PLAIN, Style
from layoutlint.run.fingerprints import numbered
from layoutlint.run.scenes import Scenes

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return a JSON array with an object for each finding."""
    known = numbered(report.findings, os.getcwd())  # noqa: PTH109
    return dumps(
        [_issue(finding, known_as) for finding, known_as in zip(report.findings, known, strict=True)]
    )


def _issue(finding: Finding, known_as: str) -> dict[str, Any]:
    place = finding.location
    first, last = (place.line, place.end_line or place.line) if has_lines(place) else (1, 1)
    return {
        "description": within(place) + finding.message,
        "check_name": finding.rule,
        "fingerprint": known_as,
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": path_of(place),
            "lines": {"begin": first, "end": last},
        },
    }
