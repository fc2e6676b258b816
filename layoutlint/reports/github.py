"""GitHub Actions: workflow commands that the runner shows as annotations of the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from layoutlint.model.findings import Finding, Report, Severity
from layoutlint.reports.addresses import has_lines, is_file, path_of, within
from layoutlint.reports.coverage import plural
from layoutlint.reports.style import PLAIN, Style, brief
from layoutlint.run.scenes import Scenes

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

MOST = 10
"""GitHub shows no more annotations of a kind for one step."""


def render(report: Report, scenes: Scenes, style: Style = PLAIN) -> str:
    """Return a workflow command for each finding and for what could not be read."""
    return "".join(f"{line}\n" for line in _commands(report))


def beside_the_text(report: Report) -> str:
    """Return at most ten annotations, the worst first, and a notice for the rest: the log has them all."""
    worst_first = sorted(report.findings, key=lambda finding: -finding.severity)
    lines = [_command(finding) for finding in worst_first[:MOST]]
    if len(worst_first) > MOST:
        rest = plural(len(worst_first) - MOST, "more finding")
        lines.append(f"::notice title=layoutlint::{rest} in the log of this step")
    return "".join(f"{line}\n" for line in lines)


def _commands(report: Report) -> Iterator[str]:
    for coverage in report.inputs:
        for reason in coverage.failures:
            yield f"::error file={_property(coverage.path)},title=layoutlint::{_data(reason)}"
    for finding in report.findings:
        yield _command(finding)


def _command(finding: Finding) -> str:
    place = finding.location
    properties: dict[str, object] = {}
    if is_file(place.path):
        properties["file"] = path_of(place)
    if is_file(place.path) and has_lines(place):
        properties |= {"line": place.line, "endLine": place.end_line or place.line}
        if place.end_line == place.line:
            properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = finding.rule
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    tip = f"\ntip: {finding.tip}" if finding.tip else ""
    return f"::{COMMANDS[finding.severity]} {written}::{_data(within(place) + brief(finding.message) + tip)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
