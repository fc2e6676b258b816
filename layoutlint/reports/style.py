"""Colour for terminals, and text that is safe to print.

The few escape sequences that a report needs are written here by hand: importing a library for them would cost
more time than the report.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
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


COLUMNS = 100
"""The width of text that does not go to a terminal."""

FEWEST_COLUMNS = 40
MAX_DIGITS = 6


class Style(Struct, frozen=True):
    """How text is written: with colours or without, for how many columns, with links or without, and whether
    it ends with what was covered.
    """

    colour: bool = False
    columns: int = COLUMNS
    links: bool = False
    closing: bool = True

    def __call__(self, name: str, text: str) -> str:
        """``text`` in the colour of ``name``."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.colour and text else text

    def link(self, text: str, address: str | None) -> str:
        """``text`` as a link (OSC 8) where the terminal may know them."""
        if not self.links or address is None:
            return text
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"

    def severity(self, severity: Severity, text: str) -> str:
        """``text`` in the colour of a severity."""
        return self(str(severity), text)


PLAIN = Style()


def for_stream(
    stream: TextIO,
    environment: Mapping[str, str] = os.environ,
    *,
    color: str = "auto",
    closing: bool = True,
) -> Style:
    """Return the style for a stream: colour and links on a terminal, and lines as wide as it is.

    ``NO_COLOR`` (https://no-color.org) and ``TERM=dumb`` turn colour off, ``FORCE_COLOR`` turns it on where
    neither is set; ``color`` (always or never) overrules all. ``COLUMNS`` is the width of any stream.
    """
    is_terminal = stream.isatty() and environment.get("TERM") != "dumb"
    if color == "auto":
        forced = bool(environment.get("FORCE_COLOR"))
        colour = not environment.get("NO_COLOR") and (forced or is_terminal)
    else:
        colour = color == "always"
    return Style(colour, _columns_of(stream, environment), colour and is_terminal, closing)


def _columns_of(stream: TextIO, environment: Mapping[str, str]) -> int:
    """Return the width of a stream: ``COLUMNS`` if it is a number, that of a terminal, or :data:`COLUMNS`."""
    given = environment.get("COLUMNS", "")
    if given.isdecimal() and len(given) < MAX_DIGITS:
        return max(int(given), FEWEST_COLUMNS)
    if stream.isatty():
        try:
            return max(os.get_terminal_size(stream.fileno()).columns, FEWEST_COLUMNS)
        except (OSError, ValueError, AttributeError):
            pass
    return COLUMNS


def clean(text: str) -> str:
    """Return the text on one line, with what could steer a terminal made visible: names come from others'
    files.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\\n" if c == "\n" else f"\\x{ord(c):02x}" for c in text)


def clean_line(text: str) -> str:
    """Return a line of source with its tabs, and nothing else that could steer a terminal."""
    return "\t".join(map(clean, text.removesuffix("\r").split("\t")))


BRIEF = 400
"""Characters of a message about a problem: what is wrong with an input must not bring the input along."""


MESSAGE = 1000
"""Characters of a message about a finding: shapes and names of layers may be long, files are longer."""


def brief(text: str, most: int = BRIEF) -> str:
    """Return a message on one line of bounded length, clean."""
    text = clean(text.strip())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def expanded(text: str, tab: int = 4) -> str:
    """Return a line of source with its tabs as spaces and nothing that could steer a terminal."""
    return clean(text.expandtabs(tab)) if not text.isascii() or not text.isprintable() else text


def width(text: str, tab: int = 4) -> int:
    """Return the number of terminal columns that a piece of a line takes, counted from the line's start."""
    shown = expanded(text, tab)
    if shown.isascii():
        return len(shown)
    return sum(_columns(character) for character in shown)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


UNBROKEN = 40
"""Columns of a bracketed text, a shape for instance, that is kept on one line."""


HANGING = 4
"""Columns by which the further lines of a message are indented."""


def wrapped(text: str, columns: int, indent: int = 0, first: int | None = None) -> list[str]:
    """Return a text in lines of at most ``columns``, broken at spaces outside of shapes.

    The first line begins behind ``first`` columns that are there already (``indent`` if not given), the
    others are indented.
    """
    lines: list[str] = []
    line = ""
    taken = indent if first is None else first
    for word in _words(text):
        longer = f"{line} {word}" if line else word
        if line and taken + width(longer) > columns:
            lines.append(line)
            longer = word
            taken = indent
        line = longer
    lines.append(line)
    return [lines[0], *(" " * indent + rest for rest in lines[1:])]


def longest_word(text: str) -> int:
    """Return the columns of the longest part of a text that :func:`wrapped` does not break."""
    return max(map(width, _words(text)))


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text; what is in brackets is one, unless it is long."""
    held = ""
    for word in text.split(" "):
        held = f"{held} {word}" if held else word
        depth = sum(held.count(sign) for sign in "([{") - sum(held.count(sign) for sign in ")]}")
        if depth <= 0:
            yield held
            held = ""
        elif len(held) > UNBROKEN:
            yield from held.split(" ")
            held = ""
    if held:
        yield from held.split(" ")
