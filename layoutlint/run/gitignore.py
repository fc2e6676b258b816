"""The patterns of a ``.gitignore`` file, matched as Git matches them (https://git-scm.com/docs/gitignore).

A pattern of any form is matched in time that grows with its length times that of the path, and one that Git
cannot use matches nothing, as it does in Git.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

_ANY: Final = "**"
_BYTEWISE: Final = "latin-1"
"""Git matches bytes: a ``?`` is one byte of a longer character."""
_POSIX: Final = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f:-@\[-`{-~",
    "space": r" \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}


class _InvalidError(Exception):
    """Git matches nothing with this pattern."""


class Pattern(Struct, frozen=True):
    """One line. ``parts`` match one name of the path each; None stands for any number of names."""

    parts: tuple[re.Pattern[str] | None, ...]
    ignores: bool
    folders_alone: bool

    def matches(self, names: Sequence[str], is_folder: bool) -> bool:
        """Tell whether it matches a path, given as its names from the folder of the file down."""
        if self.folders_alone and not is_folder:
            return False
        if len(self.parts) == 2 and self.parts[0] is None and self.parts[1] is not None:
            return self.parts[1].fullmatch(names[-1]) is not None  # by far the most common form
        return _matches(self.parts, names)


def read(data: bytes) -> tuple[Pattern, ...]:
    """Return the patterns of a file, the last first: that is the order in which they count."""
    return tuple(reversed(list(_patterns(data.decode(_BYTEWISE).split("\n")))))


def names(path: str) -> list[str]:
    """Return the names of a path, as :func:`verdict` takes them."""
    return os.fsencode(path).decode(_BYTEWISE).split("/")


def verdict(patterns: Iterable[Pattern], names: Sequence[str], is_folder: bool) -> bool | None:
    """Tell whether a path is ignored; None where no pattern speaks of it."""
    return next((pattern.ignores for pattern in patterns if pattern.matches(names, is_folder)), None)


def _patterns(lines: Iterable[str]) -> Iterable[Pattern]:
    for line in lines:
        try:
            pattern = _pattern(line.removesuffix("\r"))
        except _InvalidError:
            continue
        if pattern is not None:
            yield pattern


def _pattern(line: str) -> Pattern | None:
    if line.startswith("#"):
        return None
    line = _without_spaces(line)
    ignores = not line.startswith("!")
    line = line if ignores else line[1:]
    folders_alone = line.endswith("/")
    line = line.removesuffix("/")
    if not line:
        return None
    written = line.removeprefix("/").split("/")
    if "/" not in line:
        written.insert(0, _ANY)
    if _is_any(written[-1]):
        written.append("*")  # what is inside, not the folder itself
    parts = tuple(None if _is_any(part) else _part(part) for part in written)
    return Pattern(parts, ignores, folders_alone)


def _is_any(part: str) -> bool:
    """Tell whether a part stands for any number of names; more than two stars are as good as two."""
    return part.startswith(_ANY) and not part.strip("*")


def _without_spaces(line: str) -> str:
    """Return the line without the spaces at its end, but for one behind a backslash."""
    short = line.rstrip(" ")
    backslashes = len(short) - len(short.rstrip("\\"))
    return short + " " if len(short) < len(line) and backslashes % 2 else short


def _part(text: str) -> re.Pattern[str]:
    """Return one name's pattern as a regular expression that never goes back further than one
    ``*``.

    What follows a ``*`` is matched at the first place where it can be: if the rest matches behind a later
    one, it does behind the first one, too. Only the last piece has to reach the end.
    """
    pieces: list[str] = [""]
    at = 0
    while at < len(text):
        token = text[at]
        at += 1
        if token == "*":
            pieces.append("")
        elif token == "?":
            pieces[-1] += "."
        elif token == "[":
            found, at = _class(text, at)
            pieces[-1] += found
        else:
            if token == "\\":
                if at == len(text):
                    raise _InvalidError
                token = text[at]
                at += 1
            pieces[-1] += re.escape(token)
    first, *others = pieces
    inner = "".join(f"(?>.*?{piece})" for piece in others[:-1] if piece)
    last = f".*{others[-1]}" if others else ""
    return re.compile(first + inner + last, re.DOTALL)


def _class(text: str, at: int) -> tuple[str, int]:
    """Return the set that begins behind a ``[``, and where the text goes on behind it."""
    negated = text[at : at + 1] in ("!", "^")
    at += negated
    inside, start = "", at
    while True:
        if at >= len(text):
            raise _InvalidError
        if text[at] == "]" and at > start:
            break
        if text.startswith("[:", at) and (end := text.find(":]", at)) > 0:
            if text[at + 2 : end] not in _POSIX:
                raise _InvalidError
            inside += _POSIX[text[at + 2 : end]]
            at = end + 2
            continue
        low, at = _member(text, at)
        if text[at : at + 1] == "-" and text[at + 1 : at + 2] not in ("", "]"):
            high, at = _member(text, at + 1)
            inside += f"{re.escape(low)}-{re.escape(high)}" if low <= high else ""
        else:
            inside += re.escape(low)
    if not inside:
        return ("." if negated else "(?!)"), at + 1
    return f"[{'^' if negated else ''}{inside}]", at + 1


def _member(text: str, at: int) -> tuple[str, int]:
    if text[at] == "\\":
        at += 1
        if at >= len(text):
            raise _InvalidError
    return text[at], at + 1


def _matches(parts: Sequence[re.Pattern[str] | None], names: Sequence[str]) -> bool:
    """Return the same walk over names as over characters: only the last ``**`` is ever gone back to."""
    part = name = 0
    back: tuple[int, int] | None = None
    while name < len(names):
        if part < len(parts) and (pattern := parts[part]) is None:
            back = (part + 1, name)
            part += 1
        elif part < len(parts) and pattern is not None and pattern.fullmatch(names[name]):
            part += 1
            name += 1
        elif back is not None:
            part, name = back[0], back[1] + 1
            back = (part, name)
        else:
            return False
    return all(left is None for left in parts[part:])
