"""How large values are: asked before anything is computed from them.

Values share their parts: ``x = [x, x]`` sixty times has 2**60 of them, written out, and Python walks through
each. Nothing here takes longer than its bound, whatever the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from layoutlint.interpreter.core.limits import MAX_BITS, MAX_NESTING, MAX_PARTS, MAX_TEXT
from layoutlint.interpreter.core.values import Rest, Unknown, Value

CHARACTERS = 64
"""So many characters of a text count as one part."""

MAX_WIDTH = 4
"""The most digits of a width in a formatted text."""

_DIGITS = re.compile(r"\d+")
_CONTAINERS = (list, tuple, dict, set, frozenset)
_NESTING = (*_CONTAINERS, range)
FEW = 64
"""A list of so few numbers is small, without counting."""


def parts(value: Value, most: int = MAX_PARTS) -> int | None:
    """Return how many parts a value has, written out; None for more than ``most`` and for one nested too
    deeply.
    """
    count = 1
    level: list[Value] = [value]
    for _ in range(MAX_NESTING):
        below: list[Value] = []
        for part in level:
            if isinstance(part, _CONTAINERS):
                count += len(part) * (2 if isinstance(part, dict) else 1)
                if count > most:
                    return None
                below += part
                if isinstance(part, dict):
                    below += part.values()
            elif isinstance(part, str | bytes):
                count += len(part) // CHARACTERS
            elif isinstance(part, range):
                count += len(part)
        if count > most:
            return None
        if not below:
            return count
        level = below
    return None


def is_small(value: Value, most: int = MAX_PARTS) -> bool:
    """Tell whether a value has few enough parts to walk through them."""
    if not isinstance(value, _CONTAINERS):
        return True
    if len(value) < FEW and not any(isinstance(part, _NESTING) for part in value):
        return not isinstance(value, dict) or parts(value, most) is not None
    return parts(value, most) is not None


def bounded(value: Value) -> Value:
    """Return the value that Python computed, not known if it is a number of too many digits."""
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        return Unknown(reason="a very large number")
    return value


def is_wide(template: str) -> bool:
    """Tell whether a text says of itself that it will be formatted to thousands of characters."""
    return any(len(width) > MAX_WIDTH for width in _DIGITS.findall(template))


def is_wide_number(value: Value) -> bool:
    """Tell whether a value is a number too large to be a width in a formatted text."""
    return isinstance(value, int) and abs(value) >= 10**MAX_WIDTH


def joined(sequences: Iterable[Sequence[Value]]) -> list[Value]:
    """Return the items of several sequences in one list, with a :class:`Rest` for those beyond a bound."""
    found: list[Value] = []
    for items in sequences:
        found += items[: MAX_TEXT + 1 - len(found)]
        if len(found) > MAX_TEXT:
            found[MAX_TEXT:] = [Rest(Unknown(reason="a very long sequence"))]
            break
    return found
