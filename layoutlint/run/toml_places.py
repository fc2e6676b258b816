"""Where a key stands in a TOML text: Python's parser does not say."""

from __future__ import annotations

import re
import tomllib
from typing import Final

_HEADER: Final = re.compile(r"\s*\[{1,2}(?P<keys>[^\]]+)\]{1,2}\s*(#.*)?")
_KEY: Final = re.compile(r"""\s*(?P<keys>(?:[\w\-. ]|"(?:[^"\\]|\\.)*"|'[^']*')+?)\s*=""")
_AT: Final = re.compile(
    r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$"
)


def place(text: str, keys: tuple[str, ...]) -> tuple[int, int] | None:
    """Return the line and column of a key, given with the tables around it; None where it cannot
    be told.

    A key in an inline table is found at that table.
    """
    for count in range(len(keys), 0, -1):
        found = _place(text, keys[:count])
        if found is not None:
            return found
    return None


def _place(text: str, keys: tuple[str, ...]) -> tuple[int, int] | None:
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        header, key = _HEADER.fullmatch(line.rstrip("\r")), _KEY.match(line)
        match = header or key
        if match is None:
            continue
        dotted = _dotted(match["keys"])
        full = dotted if header else (*table, *dotted)
        table = dotted if header else table
        if dotted and full[: len(keys)] == keys:
            return number, match.start("keys") + 1
    return None


def _dotted(keys: str) -> tuple[str, ...]:
    """Return the parts of a dotted key, by the parser itself; none for what is not one."""
    try:
        document = tomllib.loads(f"{keys.strip()} = 1")
    except tomllib.TOMLDecodeError:
        return ()
    parts: list[str] = []
    while isinstance(document, dict):
        ((part, document),) = document.items()
        parts.append(part)
    return tuple(parts)


def problem(error: ValueError) -> tuple[str, tuple[int, int] | None]:
    """Return what the parser complains about, and where."""
    match = _AT.fullmatch(str(error).partition("\n")[0])
    if match is None:
        return str(error), None
    where = (int(match["line"]), int(match["column"])) if match["line"] else None
    return match["what"], where
