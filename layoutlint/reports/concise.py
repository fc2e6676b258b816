"""One line a finding, for editors and problem matchers: ``train.py:41:5: warning[conv-single-step] …``."""

from __future__ import annotations

from layoutlint.model.findings import Finding, Report
from layoutlint.reports.style import MESSAGE, PLAIN, Style, brief, clean
from layoutlint.run.scenes import Scenes


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return a line for each finding; nothing at all for none."""
    return "".join(line(finding, style) + "\n" for finding in report.findings)


def line(finding: Finding, style: Style = PLAIN) -> str:
    """Return the line of one finding: ``path:line:column: severity[rule] message``."""
    head = style.severity(finding.severity, f"{finding.severity}[{clean(finding.rule)}]")
    return f"{clean(str(finding.location))}: {head} {brief(finding.message, MESSAGE)}"
