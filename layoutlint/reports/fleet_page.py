"""The report of a scan as one HTML page: self-contained, without scripts, light and dark, for any width.

All text comes from files of results, which hold names out of others' files: every piece of it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from layoutlint.fleet.totals import EXAMPLES, ReasonTotal, RuleTotal, Totals, place_of
from layoutlint.model.project import rule_page
from layoutlint.reports.coverage import plural
from layoutlint.reports.fleet_text import format_words
from layoutlint.reports.style import MESSAGE, brief, clean

STYLE: Final = Path(__file__).with_suffix(".css")
"""How it looks."""

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may do with the page: neither scripts nor anything from elsewhere."""


def page(totals: Totals, sources: Sequence[str]) -> str:
    """Return the page over the rows of files of results."""
    return "\n".join(_lines(totals, sources)) + "\n"


def _lines(totals: Totals, sources: Sequence[str]) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    yield f"<title>layoutlint: {plural(totals.inputs, 'input')}</title>"
    yield f"<style>{STYLE.read_text(encoding='utf-8')}</style></head><body>"
    yield f"<h1>{_headline(totals)}</h1>"
    versions = ", ".join(_text(version) for version in sorted(totals.layoutlint)) or "of an unknown version"
    yield f'<p class="dim">layoutlint {versions} · {_names(sources)}</p>'
    yield from _numbers(totals)
    yield from _coverage(totals)
    yield from _rules(totals)
    yield from _left_out(totals)
    yield '<div class="columns">'
    kinds = [(format_words(kind), count) for kind, count in totals.kinds.most_common()]
    yield from _table("Formats", "format", kinds)
    versions_of_keras = [
        ("of an unknown version" if version is None else f"Keras {version}", count)
        for version, count in totals.by_version
    ]
    yield from _table("Versions of Keras", "judged for", versions_of_keras)
    yield "</div>"
    yield from _slowest(totals)
    yield "</body></html>"


def _text(text: str, most: int = MESSAGE) -> str:
    return escape(brief(text, most))


def _names(sources: Sequence[str]) -> str:
    shown = ", ".join(f"<code>{_text(name)}</code>" for name in sources[:5])
    return shown + (f" and {len(sources) - 5} more" if len(sources) > 5 else "")


def _headline(totals: Totals) -> str:
    if totals.findings:
        return f"{plural(totals.findings, 'finding')} in {plural(totals.with_findings, 'input')}"
    return "No findings in what was checked" if totals.statuses["checked"] else "Nothing was checked"


def _numbers(totals: Totals) -> Iterator[str]:
    counts = [
        (totals.inputs, "input" if totals.inputs == 1 else "inputs", ""),
        (totals.statuses["checked"], "checked", ""),
        (totals.statuses["skipped"], "skipped", ""),
        (totals.failed, "unreadable", "error"),
        (totals.severities["error"], "errors", "error"),
        (totals.severities["warning"], "warnings", "warning"),
        (totals.severities["note"], "notes", "note"),
    ]
    yield '<div class="numbers">'
    for count, words, colour in counts:
        yield f'<div><b class="{colour if count else ""}">{count:,}</b>{words}</div>'
    yield "</div>"


def _coverage(totals: Totals) -> Iterator[str]:
    shapes = totals.shapes
    yield "<h2>Coverage</h2>"
    counted = f"{plural(shapes['models'], 'model')}, {plural(shapes['layers'], 'layer')}"
    yield f"<p>{counted} in what was checked</p>"
    if not shapes["layers"]:
        return
    parts = [(name, 100 * shapes[name] / shapes["layers"]) for name in ("known", "partial", "unknown")]
    bars = "".join(f'<i class="{name}" style="width:{share:.2f}%"></i>' for name, share in parts if share)
    yield f'<div class="bar">{bars}</div>'
    words = {"known": "known", "partial": "partly known", "unknown": "unknown"}
    keys = "".join(
        f'<li><i class="{name}"></i>shape {words[name]}: {shapes[name]:,} ({share:.1f} %)</li>'
        for name, share in parts
    )
    yield f'<ul class="key">{keys}</ul>'


def _rules(totals: Totals) -> Iterator[str]:
    found = totals.by_findings
    if not found:
        return
    yield "<h2>Rules</h2>"
    for rule, total in found:
        yield from _rule(rule, total)


def _rule(rule: str, total: RuleTotal) -> Iterator[str]:
    address = rule_page(rule)
    counted = f"{plural(total.findings, 'finding')} in {plural(total.inputs, 'input')}"
    severity = escape(total.severity)
    yield f"<details>{_summary(rule, severity, severity, counted)}<ol>"
    for path, finding in total.examples:
        place = f'<span class="place">{_text(place_of(path, finding))}</span>'
        yield f"<li>{place}<br>{_text(finding.message)}</li>"
    yield f"</ol>{_more(total.findings)}"
    if address is not None:
        yield f'<p class="dim"><a href="{escape(address)}">why it is a mistake, and what to do</a></p>'
    yield "</details>"


def _summary(name: str, word: str, colour: str, counted: str) -> str:
    told = f'<b>{_text(name)}</b> <span class="{colour}">{word}</span><span class="dim">{counted}</span>'
    return f"<summary>{told}</summary>"


def _more(count: int) -> str:
    return (
        f'<p class="dim">&nbsp; and {count - EXAMPLES:,} more in the results</p>' if count > EXAMPLES else ""
    )


def _left_out(totals: Totals) -> Iterator[str]:
    reasons = totals.by_inputs
    if not reasons:
        return
    yield "<h2>Not checked</h2>"
    for reason, total in reasons:
        yield from _reason(reason, total)


def _reason(reason: str, total: ReasonTotal) -> Iterator[str]:
    word, colour = ("skipped", "dim") if total.status == "skipped" else ("unreadable", "error")
    yield f"<details>{_summary(reason, word, colour, plural(total.inputs, 'input'))}<ol>"
    for path in total.examples:
        yield f'<li class="place">{_text(path)}</li>'
    yield f"</ol>{_more(total.inputs)}</details>"


def _table(title: str, head: str, rows: Sequence[tuple[str, int]]) -> Iterator[str]:
    if not rows:
        return
    yield f'<section><h2>{title}</h2><table><tr><th>{head}</th><th class="number">inputs</th></tr>'
    for name, count in rows:
        yield f'<tr><td>{_text(name)}</td><td class="number">{count:,}</td></tr>'
    yield "</table></section>"


def _slowest(totals: Totals) -> Iterator[str]:
    if not totals.slowest:
        return
    yield '<h2>Slowest</h2><table><tr><th>input</th><th class="number">seconds</th></tr>'
    for seconds, path in totals.slowest:
        place = f'<span class="place">{escape(clean(path))}</span>'
        yield f'<tr><td>{place}</td><td class="number">{seconds:.3f}</td></tr>'
    yield f'</table><p class="dim">all inputs: {totals.seconds:,.1f} s of work</p>'
