"""What an exercise leaves to be filled in, as a comment says: ``Dense(None)  # your code here``."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import Unknown

_ASKING: Final = re.compile(
    r"\bto-?do\b|\byour (?:code|answer|solution)|\bcode here\b|\bfill (?:in|me|this)\b"
    r"|\bcomplete (?:the|this|me)\b|\bfixme\b|\breplace (?:the )?none\b|_{4,}",
    re.IGNORECASE,
)


def filled(site: Site, arguments: Arguments) -> Arguments:
    """Return the arguments of a call, in which a None, or having none at all, stands for anything if a
    comment asks for code there.
    """
    is_blank = not arguments.positional and not arguments.keywords
    blanks = [*arguments.positional, *arguments.keywords.values()].count(None)
    if not (is_blank or blanks) or not _asks(site):
        return arguments
    return replace(
        arguments,
        positional=tuple(Unknown() if value is None else value for value in arguments.positional),
        keywords={k: Unknown() if value is None else value for k, value in arguments.keywords.items()},
        open=arguments.open or is_blank,
    )


def _asks(site: Site) -> bool:
    """Tell whether a comment on the lines of a call, or right above it, asks for code."""
    node, lines = site.origin.node, site.origin.file.lines
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return any(_ASKING.search(line.partition("#")[2]) for line in lines[first : last + 1])
