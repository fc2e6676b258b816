"""The full report, for people: each finding with its frame, its evidence and the way out; then what was
covered.
"""

from __future__ import annotations

from collections.abc import Iterator

from layoutlint.model.findings import Finding, Report, VersionBound
from layoutlint.reports.coverage import closing_lines
from layoutlint.reports.frames import model_frame, source_frame
from layoutlint.reports.style import MESSAGE, PLAIN, Style, brief, clean
from layoutlint.run.scenes import Scenes


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """The whole report as text that ends with a newline."""
    lines: list[str] = []
    for finding in report.findings:
        lines += [*finding_lines(finding, scenes, style), ""]
    if style.closing:
        lines += closing_lines(report, style)
    return "".join(f"{line}\n" for line in lines)


def finding_lines(finding: Finding, scenes: Scenes, style: Style = PLAIN) -> Iterator[str]:
    """One finding."""
    head = style.severity(finding.severity, f"{finding.severity}[{clean(finding.rule)}]")
    yield f"{head}: {style('bold', brief(finding.message, MESSAGE))}"
    if finding.location.line is not None:
        yield from source_frame(finding, scenes, style)
    else:
        yield from model_frame(finding, scenes, style)
    for title, text in _remarks(finding):
        yield f"  {style('tip' if title == 'tip' else 'bold', f'{title}:')} {brief(text, MESSAGE)}"


def _remarks(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.interpretation and finding.location.line is None:
        yield "reads", finding.interpretation
    for witness in finding.evidence:
        if witness.location.line is None:
            place = f" ({witness.location.layer})" if witness.location.layer else ""
            yield "evidence", f"{witness.message}{place}"
    if finding.conditions:
        yield "only if", " and ".join(finding.conditions)
    if finding.keras is not None:
        yield "keras", _versions(finding.keras)
    yield "confidence", str(finding.confidence)
    if finding.tip:
        yield "tip", finding.tip


def _versions(bound: VersionBound) -> str:
    """For which versions a finding holds alone, and why it is made; where that is open, how to settle it."""
    only = f"only Keras {' and '.join(map(str, bound.versions))}"
    if bound.known:
        return f"{only}, which this is for: {bound.reason}"
    return f'{only}, and {bound.reason}; keras = "2" in [tool.layoutlint] would'
