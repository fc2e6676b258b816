"""Markdown for a terminal: wrapped text, headings in bold, code as it is.

The pages of rules are headings, paragraphs, lists, tables and code blocks. That is all that is read here.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Final

from layoutlint.reports.style import Style

FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})")
HEADING: Final = re.compile(r"^#+\s+(.*)$")
ITEM: Final = re.compile(r"^(\s*(?:[-*]|\d+\.)\s+)(.*)$")
CODE: Final = re.compile(r"`([^`]+)`")
INDENT: Final = "    "


def rendered(text: str, width: int, style: Style) -> str:
    """Return Markdown as text for a terminal of a width."""
    return "\n".join(_lines(text, width, style)) + "\n"


def _lines(text: str, width: int, style: Style) -> Iterator[str]:
    paragraph: list[str] = []
    fence = ""
    for line in text.rstrip("\n").split("\n"):
        opening = FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence):
                fence = ""
            else:
                yield f"{INDENT}{style('dim', line)}".rstrip()
            continue
        heading = HEADING.match(line)
        if opening or heading or ITEM.match(line) or line.startswith("|") or not line.strip():
            yield from _wrapped(paragraph, width, style)
            paragraph = []
        if opening:
            fence = opening[1]
        elif heading:
            yield style("bold", heading[1])
        elif line.startswith("|"):
            yield _coded(line, style)
        elif line.strip():
            paragraph.append(line)
        else:
            yield ""
    yield from _wrapped(paragraph, width, style)


def _wrapped(paragraph: list[str], width: int, style: Style) -> Iterator[str]:
    """Yield the lines of a paragraph or of an item of a list."""
    if not paragraph:
        return
    item = ITEM.match(paragraph[0])
    start = item[1] if item else ""
    text = " ".join(line.strip() for line in paragraph)[len(start.strip()) :].strip()
    lines = textwrap.wrap(
        text,
        max(width, 20),
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
    # painted as a whole, since an inline code may be wrapped
    yield from _coded("\n".join(lines), style).split("\n")


def _coded(text: str, style: Style) -> str:
    if not style.colour:
        return text
    return CODE.sub(lambda found: "\n".join(style("bold", part) for part in found[1].split("\n")), text)
