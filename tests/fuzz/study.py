"""Many cases in workers: what was wrong with them, by case."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from layoutlint.system.hard_limits import HardLimits
from layoutlint.system.pool import Pool
from layoutlint.system.worker import Ended
from tests.fuzz.cases import BUDGET, KINDS, Case, prepare, run

SHARE = 20
SLACK = 5.0
"""Seconds of processor time beside the budget: as many as the tool itself grants."""


def cases(count: int, seed: int, kinds: Sequence[str] = ()) -> list[Case]:
    """So many cases of all kinds in turn."""
    names = [name for name in KINDS if not kinds or name in kinds]
    return [Case(names[number % len(names)], number // len(names), seed) for number in range(count)]


def study(chosen: Sequence[Case], jobs: int | None = None) -> Iterator[tuple[Case, str]]:
    """Everything that is wrong; a case that had to be ended is wrong, too."""
    prepare()
    shares = [range(at, min(at + SHARE, len(chosen))) for at in range(0, len(chosen), SHARE)]
    pool: Pool[Case, list[str]]
    with Pool(run, HardLimits(2 * BUDGET + SLACK)) as pool:
        for case, found in zip(chosen, pool.many(chosen, shares, jobs or os.cpu_count() or 1), strict=True):
            for problem in [found.reason] if isinstance(found, Ended) else found:
                yield case, problem
