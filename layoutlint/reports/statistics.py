"""How often each rule has found something: what to begin with in a project that has many findings."""

from __future__ import annotations

from collections import Counter

from layoutlint.model.findings import Report
from layoutlint.reports.style import PLAIN, Style, clean


def render(report: Report, style: Style = PLAIN) -> str:
    """Return a line for each rule that found something, the most frequent first: how often, how severe, and
    whether it has a fix.
    """
    count = Counter(finding.rule for finding in report.findings)
    if not count:
        return ""
    digits = max(len(str(number)) for number in count.values())
    widest = max(map(len, count))
    lines = []
    for rule, number in sorted(count.items(), key=lambda pair: (-pair[1], pair[0])):
        own = [finding for finding in report.findings if finding.rule == rule]
        severity = max(finding.severity for finding in own)
        fixable = sum(finding.fix is not None for finding in own)
        told = f"  {fixable} with a known fix" if fixable else ""
        name = style.severity(severity, f"{clean(rule):<{widest}}")
        lines.append(f"{number:>{digits}}  {name}  {severity!s:<7}{told}".rstrip() + "\n")
    return "".join(lines)
