"""Many inputs on all processors, once there is enough to do.

Starting a pool costs more than checking a few files. So the work begins here, and what is left after
:data:`ALONE` seconds goes to a pool; the order of the inputs is kept, and what comes out is the same.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from layoutlint.discovery import Candidate
from layoutlint.examination import Examined, Examiner
from layoutlint.findings import Coverage

if TYPE_CHECKING:
    from layoutlint.cache import Cache

ALONE = 0.15
"""Seconds of work that are done in this process before a pool is started."""

FEWEST = 3
"""Fewer inputs than this are not worth a pool."""


def examine_all(
    candidates: Iterable[Candidate | Coverage],
    examiner: Examiner,
    cache: Cache | None = None,
    jobs: int | None = None,
) -> Iterator[Examined]:
    """Everything to say of each input, in order; what the cache knows is taken from it.

    Raises ConfigurationError for a rule that cannot be used.
    """
    jobs = jobs or os.cpu_count() or 1
    started = time.monotonic()
    waiting = iter(candidates)
    for candidate in waiting:
        known = cache.get(candidate) if cache is not None else None
        if known is not None:
            yield known
            continue
        yield _kept(cache, candidate, examiner(candidate))
        if jobs > 1 and time.monotonic() - started > ALONE:
            break
    rest = list(waiting)
    found = [cache.get(candidate) if cache is not None else None for candidate in rest]
    todo = [candidate for candidate, known in zip(rest, found, strict=True) if known is None]
    fresh = _pooled(todo, examiner, jobs) if len(todo) >= FEWEST else map(examiner, todo)
    for candidate, known in zip(rest, found, strict=True):
        yield known if known is not None else _kept(cache, candidate, next(fresh))


def _kept(cache: Cache | None, candidate: Candidate | Coverage, made: Examined) -> Examined:
    """What was found, put into the cache if there is one."""
    if cache is not None:
        cache.put(candidate, made)
    return made


def _pooled(candidates: list[Candidate | Coverage], examiner: Examiner, jobs: int) -> Iterator[Examined]:
    import multiprocessing
    import sys
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # a fork shares what is loaded already; elsewhere it is not safe or not there
    forks = sys.platform == "linux"
    context = multiprocessing.get_context("fork" if forks else None)
    done = 0
    try:
        own = examiner if forks else Examiner(examiner.configuration, examiner.choose)
        with ProcessPoolExecutor(min(jobs, len(candidates)), context, _begin, (own,)) as pool:
            size = max(1, min(16, len(candidates) // (jobs * 8)))
            for made in pool.map(_examine, candidates, chunksize=size):
                done += 1
                yield made
    except BrokenProcessPool:
        # a process was killed (memory, a signal): what is missing is done here
        yield from map(examiner, candidates[done:])


_own: list[Examiner] = []
"""The examiner of a process of the pool, given to it when it starts: its rules are loaded once."""


def _begin(examiner: Examiner) -> None:
    _own[:] = [examiner]


def _examine(candidate: Candidate | Coverage) -> Examined:
    return _own[0](candidate)
