"""Colour for terminals, and text that is safe to print.

The few escape sequences that a report needs are written here by hand: importing a library for them would cost
more time than the report.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from typing import TextIO

from msgspec import Struct

from layoutlint.model.findings import Severity

_CODES = {
    "bold": "1",
    "dim": "2",
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "frame": "1;34",
    "related": "1;34",
    "tip": "1;32",
    "good": "1;32",
}


class Style(Struct, frozen=True):
    """Paints words, or leaves them as they are."""

    colour: bool = False

    def __call__(self, name: str, text: str) -> str:
        """``text`` in the colour of ``name``."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.colour and text else text

    def severity(self, severity: Severity, text: str) -> str:
        """``text`` in the colour of a severity."""
        return self(str(severity), text)


PLAIN = Style()


def for_stream(stream: TextIO, environment: Mapping[str, str] = os.environ) -> Style:
    """Colour where the stream is a terminal, unless ``NO_COLOR`` (https://no-color.org) or ``TERM=dumb``
    says no.

    ``FORCE_COLOR`` asks for colour on anything but is overruled by ``NO_COLOR``.
    """
    if environment.get("NO_COLOR"):
        return PLAIN
    if environment.get("FORCE_COLOR"):
        return Style(colour=True)
    return Style(colour=stream.isatty() and environment.get("TERM") != "dumb")


def clean(text: str) -> str:
    """The text on one line, with what could steer a terminal made visible: names come from others' files."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\\n" if c == "\n" else f"\\x{ord(c):02x}" for c in text)


def clean_line(text: str) -> str:
    """A line of source with its tabs, and nothing else that could steer a terminal."""
    return "\t".join(map(clean, text.removesuffix("\r").split("\t")))


BRIEF = 400
"""Characters of a message about a problem: what is wrong with an input must not bring the input along."""


MESSAGE = 1000
"""Characters of a message about a finding: shapes and names of layers may be long, files are longer."""


def brief(text: str, most: int = BRIEF) -> str:
    """A message on one line of bounded length, clean."""
    text = clean(text.strip())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def expanded(text: str, tab: int = 4) -> str:
    """A line of source with its tabs as spaces and nothing that could steer a terminal."""
    return clean(text.expandtabs(tab)) if not text.isascii() or not text.isprintable() else text


def width(text: str, tab: int = 4) -> int:
    """The number of terminal columns that a piece of a line takes, counted from the line's start."""
    shown = expanded(text, tab)
    if shown.isascii():
        return len(shown)
    return sum(_columns(character) for character in shown)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
