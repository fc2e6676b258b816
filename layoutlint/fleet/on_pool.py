"""The pool of one machine as an engine: pieces go in as they are found, rows come out in the same order."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from layoutlint.fleet.listing import Piece
from layoutlint.fleet.result_rows import ResultRow, refused
from layoutlint.fleet.scanner import Scanner
from layoutlint.interpreter.core.budget import BUDGET
from layoutlint.run.configuration import ConfigurationError
from layoutlint.system.git_objects import GitError
from layoutlint.system.hard_limits import HardLimits
from layoutlint.system.pool import Pool
from layoutlint.system.worker import Ended

WINDOW: Final = 4096
"""Pieces that are in memory at once."""
SHARE: Final = 16
"""Pieces that a worker takes at once: so many rows at most are lost with the process."""
LOOKS: Final = 20
"""Files of one extension that are looked at before the workers start, for one that holds Keras."""


class PoolEngine:
    """Works on pieces in processes that can be ended; they are kept until the engine is closed."""

    def __init__(self, scanner: Scanner, jobs: int | None = None) -> None:
        self._scanner = scanner
        self._jobs = jobs or os.cpu_count() or 1
        self._looks: dict[str, int] = {}
        self._limits = HardLimits.of(BUDGET)
        self._pool: Pool[Piece, ResultRow] | None = None

    def rows(self, pieces: Iterable[tuple[int, Piece]]) -> Iterator[tuple[int, ResultRow]]:
        """Yield a row for each piece, with the piece's number."""
        waiting = iter(pieces)
        collecting = gc.isenabled()
        gc.disable()
        try:
            while window := list(islice(waiting, WINDOW)):
                yield from self._window(window)
        finally:
            if collecting:
                gc.enable()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.renew()

    def _window(self, window: Sequence[tuple[int, Piece]]) -> Iterator[tuple[int, ResultRow]]:
        found = [piece for _, piece in window]
        pool = self._prepared(found)
        shares = [range(first, min(first + SHARE, len(found))) for first in range(0, len(found), SHARE)]
        for (number, piece), row in zip(window, pool.many(found, shares, self._jobs), strict=True):
            if isinstance(row, Ended):
                yield number, refused(piece.path, "unknown", "error", row.reason)
            else:
                yield number, row

    def _prepared(self, pieces: Sequence[Piece]) -> Pool[Piece, ResultRow]:
        """Return a pool for these pieces, whose workers have the readers and rules that they need."""
        loaded = sum(map(self._has_loaded, pieces)) > 0
        limits = HardLimits.of(max(map(self._budget, pieces)))
        if self._pool is not None and (loaded or limits.seconds > self._limits.seconds):
            self._pool.renew()
            self._pool = None
        if self._pool is None:
            self._limits = limits
            self._pool = Pool(self._scanner, limits)
        return self._pool

    def _has_loaded(self, piece: Piece) -> bool:
        ending = os.path.splitext(piece.place)[1]  # noqa: PTH122 (thousands of paths pass)
        looks = self._looks.get(ending, 0)
        if looks >= LOOKS:
            return False
        loaded = self._scanner.prepare(piece)
        self._looks[ending] = LOOKS if loaded else looks + 1
        return loaded

    def _budget(self, piece: Piece) -> float:
        try:
            return self._scanner.budget(piece)
        except (ConfigurationError, GitError):
            return BUDGET
