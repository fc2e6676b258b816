"""Python's own values: which of them Python itself may compute with, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import External, Rest, Unknown, Value

MAX_TEXT = 10_000


def is_plain(value: Value) -> bool:
    """Whether a value and all its parts are Python's own, so that Python itself may compute with it."""
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(map(is_plain, value.values())) and all(map(is_plain, value))
    return isinstance(value, int | float | complex | str | bytes | type(None) | range)


def has_rest(value: Value) -> bool:
    """Whether a sequence's length is unknown."""
    return isinstance(value, list | tuple) and any(isinstance(item, Rest) for item in value)


class Bounded(list[Value]):
    """A list that forgets its first items beyond a number of them: ``collections.deque`` with ``maxlen``."""

    most: int | None = None

    def forget(self) -> None:
        """Drop the first items of too many."""
        if self.most is not None and len(self) > self.most:
            if has_rest(self):
                # which ones are left is not known
                self[:] = [Rest(Unknown())]
            else:
                del self[: len(self) - self.most]


def is_key(value: Value) -> bool:
    """Whether a value can stand as a key of a known dict."""
    if isinstance(value, tuple):
        return all(map(is_key, value))
    return isinstance(value, str | int | float | bytes | External | type(None))


def through(python_function: Callable[..., Any]) -> Handler:
    """Python's own function, for arguments that are Python's own."""

    def run(site: Site, arguments: Arguments) -> Value:
        if arguments.open or not all(
            is_plain(v) for v in (*arguments.positional, *arguments.keywords.values())
        ):
            return site.lost("an argument is unknown")
        try:
            result = python_function(*arguments.positional, **arguments.keywords)
        except Exception:
            return site.lost("Python would raise here")
        if isinstance(result, str | list | tuple) and len(result) > MAX_TEXT:
            return site.lost("a very long value")
        return site.journal.born(result)

    return run
