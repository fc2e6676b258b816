"""One line a finding, for editors and for grep: ``train.py:41:5 conv-single-step: Conv1D reads …``."""

from __future__ import annotations

from layoutlint.model.findings import Finding, Report
from layoutlint.reports.style import MESSAGE, PLAIN, Style, brief, clean
from layoutlint.run.scenes import Scenes


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """A line for each finding; nothing at all for none."""
    return "".join(line(finding, style) + "\n" for finding in report.findings)


def line(finding: Finding, style: Style = PLAIN) -> str:
    """The line of one finding."""
    rule = style.severity(finding.severity, f"{clean(finding.rule)}:")
    return f"{clean(str(finding.location))} {rule} {brief(finding.message, MESSAGE)}"
