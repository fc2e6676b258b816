"""The full report, for people: each finding with its frame, its evidence and the way out; then what was
covered.
"""

from __future__ import annotations

from collections.abc import Iterator

from layoutlint.model.findings import Confidence, Finding, Report, VersionBound
from layoutlint.reports.addresses import page
from layoutlint.reports.coverage import closing_lines
from layoutlint.reports.frames import model_frame, source_frame
from layoutlint.reports.style import HANGING, MESSAGE, PLAIN, Style, brief, clean, wrapped
from layoutlint.run.scenes import Scenes


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return the whole report as text that ends with a newline."""
    lines: list[str] = []
    for finding in report.findings:
        lines += [*finding_lines(finding, scenes, style), ""]
    if style.closing:
        lines += closing_lines(report, style)
    return "".join(f"{line}\n" for line in lines)


def finding_lines(finding: Finding, scenes: Scenes, style: Style = PLAIN) -> Iterator[str]:
    """Yield one finding: what is wrong, where, and the way out."""
    yield from _head(finding, scenes, style)
    if finding.location.line is not None:
        gutter, frame = source_frame(finding, scenes, style)
    else:
        gutter, frame = model_frame(finding, scenes, style)
    yield from frame
    for title, text in _remarks(finding):
        colour = "tip" if title == "tip" else "bold"
        lead = " " * gutter + f" = {title}: "
        first, *rest = wrapped(brief(text, MESSAGE), style.columns, len(lead))
        yield f"{' ' * gutter} {style('frame', '=')} {style(colour, f'{title}:')} {first}"
        yield from rest


def _head(finding: Finding, scenes: Scenes, style: Style) -> Iterator[str]:
    """Yield the severity, the rule as a link to its page, and the message."""
    rule = clean(finding.rule)
    linked = style.link(rule, page(scenes, finding.rule))
    head = style.severity(finding.severity, f"{finding.severity}[{linked}]")
    taken = len(f"{finding.severity}[{rule}]: ")
    first, *rest = wrapped(brief(finding.message, MESSAGE), style.columns, HANGING, taken)
    yield f"{head}: {style('bold', first)}"
    yield from (style("bold", line) for line in rest)


def _remarks(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.interpretation and finding.location.line is None:
        yield "reads", finding.interpretation
    for witness in finding.evidence:
        if witness.speaker is not None and witness.quoted is not None:
            yield witness.speaker.lower(), witness.quoted
        elif witness.location.line is None:
            place = f" ({witness.location.layer})" if witness.location.layer else ""
            yield "evidence", f"{witness.message}{place}"
    if finding.conditions:
        yield "only if", " and ".join(finding.conditions)
    if finding.keras is not None:
        yield "version", _versions(finding.keras)
    if finding.confidence is not Confidence.HIGH:
        yield "confidence", str(finding.confidence)
    if finding.tip:
        yield "tip", finding.tip


def _versions(bound: VersionBound) -> str:
    """For which versions a finding holds alone, and why it is made; where that is open, how to settle it."""
    only = f"only Keras {' and '.join(map(str, bound.versions))}"
    if bound.known:
        return f"{only}, and this code is for it: {bound.reason}"
    return f'{only}, and {bound.reason}; keras = "2" in [tool.layoutlint] would'
