"""How far a long run is, on a terminal."""

from __future__ import annotations

import os
import sys
import time
from typing import Final

AFTER: Final = 1.0
"""Seconds after which a run is long."""

EVERY: Final = 0.1
"""Seconds between two lines."""


class Progress:
    """Writes ``checking 12 of 340 files`` over and over; nothing where nobody looks."""

    def __init__(self, wanted: bool = True) -> None:
        self._is_shown = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._next = time.monotonic() + AFTER
        self._is_there = False

    def __call__(self, done: int, count: int | None = None) -> None:
        """Tell how many inputs are done, and of how many if that is known."""
        if self._is_shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            self._is_there = True
            told = f"checking {done} of {count} files" if count is not None else f"checked {done} files"
            sys.stderr.write(f"\r\x1b[K{told}")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._is_there:
            self._is_there = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
