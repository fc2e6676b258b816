"""The summary of a scan on the terminal: what was found, what was covered, what took long."""

from __future__ import annotations

from collections.abc import Iterator

from layoutlint.fleet.totals import ReasonTotal, Totals
from layoutlint.model.findings import Severity
from layoutlint.readers.formats import BY_KIND
from layoutlint.reports.coverage import NAMED_AT_MOST, in_lines, layers_in_words, plural
from layoutlint.reports.style import PLAIN, Style, brief, clean

REASONS = 12
"""Reasons that are listed; the rest are counted."""


def summary_lines(totals: Totals, style: Style = PLAIN) -> Iterator[str]:
    """Yield the summary, line by line."""
    yield from _rules(totals, style)
    yield from in_lines(_covered(totals), style)
    if totals.statuses["checked"]:
        yield from in_lines(f"formats: {_formats(totals)}", style)
        yield from in_lines(f"Keras: {_versions(totals)}", style)
    reasons = totals.by_inputs
    for reason, total in reasons[:REASONS]:
        yield from in_lines(_left_out(reason, total), style, "dim")
    if len(reasons) > REASONS:
        yield style("dim", f"and {plural(len(reasons) - REASONS, 'reason')} more")
    if totals.slowest:
        slowest = ", ".join(f"{clean(path)} {seconds:.2f} s" for seconds, path in totals.slowest[:3])
        yield from in_lines(f"slowest: {slowest}", style, "dim")


def _rules(totals: Totals, style: Style) -> Iterator[str]:
    found = totals.by_findings
    if not found:
        if totals.statuses["checked"]:
            yield style("good", "no findings in what was checked")
        else:
            yield "nothing was checked"
        return
    digits = max(len(str(total.findings)) for _, total in found)
    widest = max(len(rule) for rule, _ in found)
    for rule, total in found:
        name = style.severity(Severity[total.severity.upper()], f"{clean(rule):<{widest}}")
        yield f"{total.findings:>{digits}}  {name}  in {plural(total.inputs, 'input')}"
    ignored = f", {totals.ignored} ignored" if totals.ignored else ""
    yield f"{plural(totals.findings, 'finding')} in {plural(totals.with_findings, 'input')}{ignored}"


def _covered(totals: Totals) -> str:
    counted = f"checked {totals.statuses['checked']} of {plural(totals.inputs, 'input')}"
    reused = f" ({totals.reused} known from earlier)" if totals.reused else ""
    return f"{counted}{reused}: {layers_in_words(totals.shapes)}"


def _formats(totals: Totals) -> str:
    """Return how many inputs had each format, the most frequent first."""
    return ", ".join(f"{count} {format_words(kind)}" for kind, count in totals.kinds.most_common())


def format_words(kind: str) -> str:
    """Return what a format is called."""
    return kind if kind == "source" or kind not in BY_KIND else BY_KIND[kind].words


def _versions(totals: Totals) -> str:
    """Return how many inputs were judged for each version of Keras."""
    return ", ".join(
        f"{count} of {'an unknown version' if version is None else f'version {version}'}"
        for version, count in totals.by_version
    )


def _left_out(reason: str, total: ReasonTotal) -> str:
    word = "skipped" if total.status == "skipped" else "unreadable"
    shown = ", ".join(clean(path) for path in total.examples[:NAMED_AT_MOST])
    more = total.inputs - min(len(total.examples), NAMED_AT_MOST)
    rest = f" and {more} more" if more else ""
    return f"{word} {total.inputs}: {brief(reason)} ({shown}{rest})"
