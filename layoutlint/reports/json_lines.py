"""JSON Lines: one object a line, first the findings, then the inputs; described in ``docs/json.md``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from layoutlint.model.findings import Report
from layoutlint.reports.json_format import finding_entry, input_entry, valid
from layoutlint.reports.style import PLAIN, Style
from layoutlint.run.scenes import Scenes


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return a line for each finding and for each input."""
    return "".join(valid(json.dumps(entry)) + "\n" for entry in _entries(report, scenes))


def _entries(report: Report, scenes: Scenes) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield {"entry": "finding"} | finding_entry(finding, scenes)
    for coverage in report.inputs:
        yield {"entry": "input"} | input_entry(coverage)
