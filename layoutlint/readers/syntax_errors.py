"""What a syntax error is about, in words: a Python that is too old or too new, or a mistake."""

from __future__ import annotations

import re
import sys
from typing import Final

from msgspec import Struct


class Construct(Struct, frozen=True):
    """Syntax of a later Python: the version that brought it, and how to tell it on its line.

    ``message`` is matched against the words of the parser, ``line`` against the source.
    """

    version: tuple[int, int]
    name: str
    line: re.Pattern[str] = re.compile("")
    message: re.Pattern[str] = re.compile("")


CONSTRUCTS: Final = (
    Construct((3, 15), "a lazy import", re.compile(r"\s*lazy\s+(import|from)\s")),
    Construct((3, 14), "a t-string", re.compile(r"""(?:.*[^\w'"])?(?:[tT][rR]?|[rR][tT])['"]""")),
    Construct(
        (3, 14),
        "except without parentheses",
        re.compile(r"\s*except\*?\s+[\w.]+(\s*,\s*(\w+\.)*[A-Z]\w*)+\s*:"),
    ),
    Construct(
        (3, 13),
        "a default of a type parameter",
        re.compile(r"\s*(async\s+def|def|class|type)\s+\w+\s*\[[^\]()]*="),
    ),
    Construct((3, 12), "a type statement", re.compile(r"\s*type\s+\w+\s*(\[.*\])?\s*=(?!=)")),
    Construct((3, 12), "type parameters", re.compile(r"\s*(async\s+def|def|class)\s+\w+\s*\[")),
    Construct(
        (3, 12),
        "an f-string with quotes or a backslash in its braces",
        re.compile(r""".*\b[fF][rR]?['"]|.*\b[rR][fF]['"]"""),
        re.compile(r"f-string"),
    ),
)
"""What Python 3.12 and later can parse and an earlier one cannot, the latest first."""

PYTHON_2: Final = (
    Construct((3, 0), "a print statement", message=re.compile("Missing parentheses in call to 'print'")),
    Construct((3, 0), "an exec statement", message=re.compile("Missing parentheses in call to 'exec'")),
    Construct((3, 0), "except E, e", re.compile(r"\s*except\s+[\w.()\s,]+,\s*[a-z_]\w*\s*:")),
    Construct((3, 0), "raise E, message", re.compile(r"\s*raise\s+[\w.]+\s*,")),
    Construct((3, 0), "the operator <>", re.compile(r"[^'\"#]*<>")),
    Construct((3, 0), "a number like 0777", message=re.compile("leading zeros in decimal integer")),
    Construct((3, 0), "a backquote", re.compile(r"[^'\"#]*`[^`]+`")),
    Construct((3, 0), "a string prefix ur", re.compile(r""".*\b[uU][rR]['"]""")),
)
"""What only Python 2 can parse."""


def python_2(error: SyntaxError, line: str) -> str | None:
    """Return the name of what only Python 2 can parse; None for anything else."""
    return next((made.name for made in PYTHON_2 if _is(made, error, line)), None)


def reason(error: SyntaxError, line: str) -> str:
    """Return what is wrong with a line, in the words of a newer Python's feature or of the parser."""
    for made in CONSTRUCTS:
        if sys.version_info < made.version and _is(made, error, line):
            return f"needs Python {made.version[0]}.{made.version[1]} syntax ({made.name})"
    return error.msg


def _is(made: Construct, error: SyntaxError, line: str) -> bool:
    return made.line.match(line) is not None and made.message.match(error.msg) is not None
