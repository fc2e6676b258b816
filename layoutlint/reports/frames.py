"""Source frames: the lines that a finding is about, with its spans underlined and labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from layoutlint.model.findings import Finding
from layoutlint.model.origins import Location
from layoutlint.reports.style import Style, clean, expanded, longest_word, width, wrapped
from layoutlint.run.scenes import Scenes

CUT = "..."
"""What stands for the part of a line that is not shown."""

BEFORE = 8
"""Columns that are shown before the first span of a line that is cut."""

LEAST_LABEL = 30
"""A label is moved to the left where it would have fewer columns than this."""


class Label(Struct, frozen=True):
    """Spans of one line with what they say together; the primary one is what the finding is about."""

    location: Location
    text: str
    primary: bool = False
    further: tuple[Location, ...] = ()


def labels(finding: Finding) -> list[Label]:
    """Return the spans of a finding that have a line: its own first, then those of its evidence."""
    own = f"reads {clean(finding.interpretation)}" if finding.interpretation else ""
    place, *arguments = finding.focus or (finding.location,)
    beside = tuple(argument for argument in arguments if argument.line == place.line)
    spans = [Label(place, own.replace(f"reads {_class(finding)}: ", "reads "), True, beside)]
    spans += [Label(argument, "", True) for argument in arguments if argument not in beside]
    spans += [
        Label(witness.location, clean(witness.message))
        for witness in finding.evidence
        if witness.quoted is None
    ]
    return [span for span in spans if span.location.line is not None]


def _class(finding: Finding) -> str:
    return clean(finding.interpretation or "").partition(":")[0]


def source_frame(finding: Finding, scenes: Scenes, style: Style) -> tuple[int, list[str]]:
    """Return the width of the line numbers and the frame of a finding in source: one block of lines for each
    file (or notebook cell) that it touches.
    """
    spans = labels(finding)
    places = sorted(
        spans, key=lambda span: (not _same_text(span.location, finding.location), _text_key(span))
    )
    gutter = max(len(str(span.location.line)) for span in spans)
    lines: list[str] = []
    for _, block in groupby(places, key=_text_key):
        lines += _block(finding, list(block), gutter, scenes, style)
    return gutter, lines


def _text_key(span: Label) -> tuple[str, int]:
    return (span.location.path, span.location.cell or 0)


def _same_text(one: Location, other: Location) -> bool:
    return one.path == other.path and one.cell == other.cell


def _block(finding: Finding, spans: Sequence[Label], gutter: int, scenes: Scenes, style: Style) -> list[str]:
    is_own = any(span.primary for span in spans)
    head = finding.location if is_own else spans[0].location
    edge = style("frame", f"{' ' * gutter} |")
    arrow = "-->" if is_own else ":::"
    lines = [f"{' ' * gutter}{style('frame', arrow)} {clean(str(head))}", edge]
    columns = style.columns - gutter - 3
    previous: int | None = None
    ordered = sorted(spans, key=lambda span: (span.location.line or 0, not span.primary))
    for number, group in groupby(ordered, key=lambda span: span.location.line or 0):
        text = scenes.line(head, number)
        if text is None:
            continue
        if previous is not None and number > previous + 2:
            lines.append(style("frame", "..."))
        elif previous is not None and number == previous + 2:
            between = scenes.line(head, previous + 1) or ""
            lines.append(_numbered(previous + 1, _cropped(between, (), columns).text, gutter, style))
        left = list(group)
        while left:
            # what one view of a long line has no room for gets another one
            view = _cropped(text, left, columns)
            shown = [span for span in left if _is_seen(span, view)] or left
            lines.append(_numbered(number, view.text, gutter, style))
            lines += [f"{edge} {line}" for span in shown for line in _underline(span, view, style)]
            left = [span for span in left if span not in shown]
        previous = number
    lines.append(edge)
    return lines


def _numbered(number: int, shown: str, gutter: int, style: Style) -> str:
    return f"{style('frame', f'{number:>{gutter}} |')} {shown}".rstrip()


class View(Struct, frozen=True):
    """The part of a line that is shown, in columns: ``first`` up to and without ``last`` of the whole line,
    which is moved by ``shift`` to the right.
    """

    line: str
    text: str
    first: int
    last: int
    shift: int
    columns: int

    def marks(self, location: Location) -> tuple[int, int] | None:
        """Return the columns between which a span is marked in the shown text; None if it is not shown."""
        start, end = _extent(location, self.line)
        if start >= self.last or end <= self.first:
            return None
        start, end = max(start, self.first), min(end, self.last)
        return start - self.first + self.shift, end - self.first + self.shift


def _extent(location: Location, line: str) -> tuple[int, int]:
    """Return the columns of a span in its first line."""
    first = (location.column or 1) - 1
    one_line = location.end_line == location.line and location.end_column is not None
    last = (location.end_column or 0) - 1 if one_line else len(line.rstrip())
    return width(line[:first]), width(line[: max(last, first + 1)])


def _cropped(line: str, spans: Sequence[Label], columns: int) -> View:
    """Return the part of a line that its spans need, where all of it has no room."""
    shown = expanded(line.rstrip())
    whole = width(shown)
    if whole <= columns:
        # a span may end behind the last character: where a text is missing
        return View(line, shown, 0, columns, 0, columns)
    room = columns - len(CUT)
    left, right = _wanted(line, spans, room - len(CUT) - BEFORE)
    if right <= room:
        return View(line, _piece(shown, 0, room) + CUT, 0, room, 0, columns)
    room -= len(CUT)
    first = right - room if right - left <= room - BEFORE else left - BEFORE
    first = min(first, left - BEFORE)
    if first <= len(CUT):
        return View(line, _piece(shown, 0, room + len(CUT)) + CUT, 0, room + len(CUT), 0, columns)
    last = min(first + room, whole)
    text = CUT + _piece(shown, first, last) + (CUT if last < whole else "")
    return View(line, text, first, last, len(CUT), columns)


def _wanted(line: str, spans: Sequence[Label], room: int) -> tuple[int, int]:
    """Return the columns that must be seen: of all spans, of the first one with what belongs to it, or of its
    first place, whatever has room first.
    """
    if not spans:
        return 0, 0
    every = [place for span in spans for place in (span.location, *span.further)]
    first = spans[0]
    extents = []
    for places in (every, [first.location, *first.further], [first.location]):
        extents = [_extent(place, line) for place in places]
        if max(end for _, end in extents) - min(start for start, _ in extents) <= room:
            break
    return min(start for start, _ in extents), max(end for _, end in extents)


def _piece(text: str, first: int, last: int) -> str:
    """Return the characters between two columns; half of a wide one is a space."""
    if text.isascii():
        return text[first:last]
    piece = ""
    at = 0
    for character in text:
        size = width(character)
        if first <= at and at + size <= last:
            piece += character
        elif at < last and at + size > first:
            piece += " "
        at += size
        if at >= last and size:
            break
    return piece


def _is_seen(span: Label, view: View) -> bool:
    return any(view.marks(place) is not None for place in (span.location, *span.further))


def _underline(span: Label, view: View, style: Style) -> Iterator[str]:
    """Yield the marks below a span with what it says beside them, or below them where there is no room."""
    colour = "error" if span.primary else "related"
    sign = "^" if span.primary else "-"
    extents = (view.marks(place) for place in (span.location, *span.further))
    places = sorted(extent for extent in extents if extent is not None)
    if not places:
        return
    start = places[0][0]
    marks = ""
    for first, last in places:
        marks = marks.ljust(first - start) + sign * (last - max(first, start + len(marks)))
    if not span.text:
        yield " " * start + style(colour, marks)
        return
    if start + len(marks) + 1 + width(span.text) <= view.columns:
        yield " " * start + style(colour, f"{marks} {span.text}")
        return
    yield " " * start + style(colour, marks)
    at = start
    needed = max(min(width(span.text), LEAST_LABEL), longest_word(span.text))
    if view.columns - start < needed:
        at = max(view.columns - width(span.text), 0)
    first_line, *rest = wrapped(span.text, view.columns, at)
    yield " " * at + style(colour, first_line)
    yield from (" " * at + style(colour, line.lstrip(" ")) for line in rest)


MODEL_GUTTER = 3
"""Columns before the edge of the frame of a saved model, less one."""


def model_frame(finding: Finding, scenes: Scenes, style: Style) -> tuple[int, list[str]]:
    """Return the width of the gutter and the frame of a finding in a saved model: the layers around it with
    what they read and output.
    """
    lines = [f"  {style('frame', '-->')} {clean(str(finding.location))}"]
    around = scenes.around(finding.location)
    if not around:
        return MODEL_GUTTER, lines
    table = [
        (clean(row.layer), clean(row.class_name), f"{clean(row.reads)} → {clean(row.output)}".strip(), here)
        for row, here in around
    ]
    names = max(len(name) for name, *_ in table)
    classes = max(len(class_name) for _, class_name, *_ in table)
    edge = style("frame", "|")
    lines.append(f"    {edge}")
    columns = style.columns - MODEL_GUTTER - 3
    for name, class_name, shapes, here in table:
        text = f"{name:<{names}}  {class_name:<{classes}}  {shapes}"
        if width(text) > columns:
            text = _piece(text, 0, columns - len(CUT)) + CUT
        mark = style("error", ">") if here else " "
        lines.append(f"  {mark} {edge} {style('bold', text) if here else text}")
    lines.append(f"    {edge}")
    return MODEL_GUTTER, lines
