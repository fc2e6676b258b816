"""What was covered, in words: the end of every report. Nothing that was not read is ever called clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from layoutlint.model.findings import Coverage, Report
from layoutlint.reports.style import HANGING, PLAIN, Style, brief, clean, wrapped

NAMED_AT_MOST = 5
"""So many skipped inputs are named for each reason; the rest are counted."""

COMMON_REASONS = frozenset(["no Keras code"])
"""Reasons that say enough without the names."""


def closing_lines(report: Report, style: Style = PLAIN) -> list[str]:
    """Return the verdict, then what was covered."""
    return [*_verdict(report, style), *coverage_lines(report, style)]


def in_lines(text: str, style: Style, colour: str | None = None) -> list[str]:
    """Return a text in lines of the terminal's width."""
    lines = wrapped(text, style.columns, HANGING, 0)
    return lines if colour is None else [style(colour, line) for line in lines]


def _verdict(report: Report, style: Style) -> Iterator[str]:
    counts = (
        (report.ignored, "ignored"),
        (report.baselined, "in the baseline"),
        (report.unchanged, "outside of the changed lines"),
    )
    ignored = "".join(f", {count} {word}" for count, word in counts if count)
    if report.findings:
        count = Counter(finding.severity for finding in report.findings)
        kinds = ", ".join(
            style.severity(severity, plural(count[severity], str(severity)))
            for severity in sorted(count, reverse=True)
        )
        yield f"{plural(len(report.findings), 'finding')}: {kinds}{ignored}"
        fixable = sum(f.fix is not None and f.location.line is not None for f in report.findings)
        if fixable:
            yield style("dim", f"{fixable} with a known fix: check --diff tries it")
    elif any(coverage.status == "checked" for coverage in report.inputs):
        yield style("good", f"no findings in what was checked{ignored}")
    else:
        yield "nothing was checked"


def coverage_lines(report: Report, style: Style = PLAIN) -> list[str]:
    """Return how much was checked, of which layers the shapes are known, and what was skipped or unreadable,
    and why.
    """
    checked = [coverage for coverage in report.inputs if coverage.status == "checked"]
    counted = f"checked {len(checked)} of {plural(len(report.inputs), 'file')}{_layers(checked)}"
    rest = [
        *_left_out(report.inputs, "skipped", "skipped"),
        *_left_out(report.inputs, "error", "unreadable"),
        *(f"in part: {clean(each.path)}: {brief(each.reason)}" for each in checked if each.reason),
    ]
    return [*in_lines(counted, style), *(line for text in rest for line in in_lines(text, style, "dim"))]


def version_lines(report: Report, style: Style = PLAIN) -> list[str]:
    """For which version of Keras each input was judged, and why."""
    return [
        line
        for coverage in report.inputs
        if coverage.keras is not None
        for line in in_lines(f"{clean(coverage.path)}: {clean(str(coverage.keras))}", style, "dim")
    ]


def _layers(checked: Sequence[Coverage]) -> str:
    if not checked:
        return ""
    names = ("models", "layers", "known", "partial", "unknown")
    count = {name: sum(getattr(coverage, name) for coverage in checked) for name in names}
    return f": {layers_in_words(count)}"


def layers_in_words(count: Mapping[str, int]) -> str:
    """Return how many models and layers there are, and of how many layers the shape is known."""
    shapes = [f"{count['known']} of known shape"]
    shapes += [f"{count['partial']} of partly known shape"] if count["partial"] else []
    shapes += [f"{count['unknown']} of unknown shape"] if count["unknown"] else []
    return f"{plural(count['models'], 'model')}, {plural(count['layers'], 'layer')} ({', '.join(shapes)})"


def _left_out(inputs: Sequence[Coverage], status: str, word: str) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for coverage in inputs:
        if coverage.status == status:
            reasons.setdefault(coverage.reason or "no reason known", []).append(coverage.path)
    for reason, paths in reasons.items():
        named = "" if reason in COMMON_REASONS and len(paths) > 1 else f" ({_names(paths)})"
        yield f"{word} {len(paths)}: {brief(reason)}{named}"


def _names(paths: Sequence[str]) -> str:
    shown = ", ".join(clean(path) for path in paths[:NAMED_AT_MOST])
    rest = len(paths) - NAMED_AT_MOST
    return f"{shown} and {rest} more" if rest > 0 else shown


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """Return ``1 layer``, ``2 layers``."""
    return f"{count} {noun}" if count == 1 else f"{count} {nouns or noun + 's'}"
