"""Text for streams whose encoding is not UTF-8."""

from __future__ import annotations

import codecs
from typing import Final

REPLACEMENTS: Final = {"\u2192": "->", "\u2026": "...", "\u00d7": "x"}
"""The characters of our own messages that an encoding may not have: an arrow, an ellipsis, a times sign."""

_NAME: Final = "layoutlint"


def register() -> str:
    """Register how characters that cannot be encoded are written, and return the name of that way: those of
    our messages as plain text, others as escapes.
    """
    codecs.register_error(_NAME, _replaced)
    return _NAME


def _replaced(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError):
        plain = REPLACEMENTS.get(error.object[error.start])
        if plain is not None:
            return plain, error.start + 1
    return codecs.backslashreplace_errors(error)
