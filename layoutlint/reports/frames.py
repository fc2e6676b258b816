"""Source frames: the lines that a finding is about, with its spans underlined and labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from layoutlint.model.findings import Finding
from layoutlint.model.origins import Location
from layoutlint.reports.style import Style, clean, expanded, width
from layoutlint.run.scenes import Scenes

MAX_COLUMNS = 160
"""Longer lines are cut: generated code has lines of megabytes."""

LABEL_COLUMNS = 100
"""A label that would reach further than this goes to a line of its own."""


class Label(Struct, frozen=True):
    """A span with what it says; the primary one is what the finding is about."""

    location: Location
    text: str
    primary: bool = False


def labels(finding: Finding) -> list[Label]:
    """The spans of a finding that have a line: its own first, then those of its evidence."""
    own = f"reads {clean(finding.interpretation)}" if finding.interpretation else ""
    spans = [Label(finding.location, own.replace(f"reads {_class(finding)}: ", "reads "), primary=True)]
    spans += [Label(witness.location, clean(witness.message)) for witness in finding.evidence]
    return [span for span in spans if span.location.line is not None]


def _class(finding: Finding) -> str:
    return clean(finding.interpretation or "").partition(":")[0]


def source_frame(finding: Finding, scenes: Scenes, style: Style) -> list[str]:
    """The frame of a finding in source: one block of lines for each file (or notebook cell) that it
    touches.
    """
    spans = labels(finding)
    places = sorted(
        spans, key=lambda span: (not _same_text(span.location, finding.location), _text_key(span))
    )
    gutter = max(len(str(span.location.line)) for span in spans)
    lines: list[str] = []
    for _, block in groupby(places, key=_text_key):
        lines += _block(list(block), gutter, scenes, style)
    return lines


def _text_key(span: Label) -> tuple[str, int]:
    return (span.location.path, span.location.cell or 0)


def _same_text(one: Location, other: Location) -> bool:
    return one.path == other.path and one.cell == other.cell


def _block(spans: Sequence[Label], gutter: int, scenes: Scenes, style: Style) -> list[str]:
    head = next((span for span in spans if span.primary), spans[0])
    edge = style("frame", f"{' ' * gutter} |")
    arrow = "-->" if head.primary else ":::"
    lines = [f"{' ' * gutter}{style('frame', arrow)} {clean(str(head.location))}", edge]
    previous: int | None = None
    ordered = sorted(spans, key=lambda span: (span.location.line or 0, not span.primary))
    for number, group in groupby(ordered, key=lambda span: span.location.line or 0):
        text = scenes.line(head.location, number)
        if text is None:
            continue
        if previous is not None and number > previous + 2:
            lines.append(style("frame", "..."))
        elif previous is not None and number == previous + 2:
            between = scenes.line(head.location, previous + 1) or ""
            lines.append(_numbered(previous + 1, between, gutter, style))
        lines.append(_numbered(number, text, gutter, style))
        lines += [f"{edge} {line}" for span in group for line in _underline(span, text, style)]
        previous = number
    lines.append(edge)
    return lines


def _numbered(number: int, text: str, gutter: int, style: Style) -> str:
    shown = expanded(text)
    if len(shown) > MAX_COLUMNS:
        shown = shown[: MAX_COLUMNS - 3] + "..."
    return f"{style('frame', f'{number:>{gutter}} |')} {shown}".rstrip()


def _underline(span: Label, text: str, style: Style) -> Iterator[str]:
    """The marks below a span with what it says beside them, or below them where there is no room."""
    location = span.location
    first = (location.column or 1) - 1
    one_line = location.end_line == location.line and location.end_column is not None
    last = (location.end_column or 0) - 1 if one_line else len(text.rstrip())
    start = min(width(text[:first]), MAX_COLUMNS)
    end = min(width(text[: max(last, first + 1)]), MAX_COLUMNS)
    mark = ("^" if span.primary else "-") * max(end - start, 1)
    colour = "error" if span.primary else "related"
    fits = start + len(mark) + 1 + len(span.text) <= LABEL_COLUMNS
    yield " " * start + style(colour, f"{mark} {span.text}".rstrip() if fits else mark)
    if not fits:
        yield " " * max(min(start, LABEL_COLUMNS - len(span.text)), 0) + style(colour, span.text)


def model_frame(finding: Finding, scenes: Scenes, style: Style) -> list[str]:
    """The frame of a finding in a saved model: the layers around it with what they read and make."""
    lines = [f"  {style('frame', '-->')} {clean(str(finding.location))}"]
    around = scenes.around(finding.location)
    if not around:
        return lines
    table = [
        (clean(row.layer), clean(row.class_name), f"{clean(row.reads)} → {clean(row.output)}".strip(), here)
        for row, here in around
    ]
    names = max(len(name) for name, *_ in table)
    classes = max(len(class_name) for _, class_name, *_ in table)
    edge = style("frame", "|")
    lines.append(f"    {edge}")
    for name, class_name, shapes, here in table:
        text = f"{name:<{names}}  {class_name:<{classes}}  {shapes}"
        mark = style("error", ">") if here else " "
        lines.append(f"  {mark} {edge} {style('bold', text) if here else text}")
    lines.append(f"    {edge}")
    return lines
