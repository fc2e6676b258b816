"""The limit of processor time that the tool itself puts on every file, for what tests read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from layoutlint.interpreter.core.budget import BUDGET
from layoutlint.system.hard_limits import HardLimits
from layoutlint.system.pool import Pool
from layoutlint.system.worker import Ended

W = TypeVar("W")
T = TypeVar("T")


def within_limits(work: Callable[[W], T], pieces: Iterable[W]) -> list[T]:
    """What comes of each piece of work; none of them had to be ended."""
    pool: Pool[W, T]
    with Pool(work, HardLimits.of(BUDGET)) as pool:
        found = [pool.one(piece) for piece in pieces]
    done = [each for each in found if not isinstance(each, Ended)]
    assert len(done) == len(found), [each.reason for each in found if isinstance(each, Ended)]
    return done
