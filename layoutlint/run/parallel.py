"""Many inputs on all processors, once there is enough to do.

Starting a pool costs more than checking a few files. So the work begins here, and what is left after
:data:`ALONE` seconds goes to a pool; the order of the inputs is kept, and what comes out is the same.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from layoutlint.model.findings import Coverage
from layoutlint.run.discovery import Candidate
from layoutlint.run.examination import Examined, Examiner

if TYPE_CHECKING:
    from layoutlint.run.cache import Cache

ALONE = 0.1
"""Seconds of work that are done in this process before a pool is started."""

FEWEST = 3
"""Fewer inputs than this are not worth a pool."""

SHARES = 24
"""Into about how many shares the work of each process is cut."""

FIXED = 500
"""What an input costs beside its content, in bytes of source."""

GARBAGE = 1_500_000
"""How many objects may be left over from inputs before they are collected: about 200 MB."""


def examine_all(
    candidates: Iterable[Candidate | Coverage],
    examiner: Examiner,
    cache: Cache | None = None,
    jobs: int | None = None,
) -> Iterator[Examined]:
    """Everything to say of each input, in order; what the cache knows is taken from it.

    Raises ConfigurationError for a rule that cannot be used.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield from _all(iter(candidates), examiner, cache, jobs or os.cpu_count() or 1)
    finally:
        if collecting:
            # what is left belongs to the old objects, which are looked through seldom
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _all(
    waiting: Iterator[Candidate | Coverage], examiner: Examiner, cache: Cache | None, jobs: int
) -> Iterator[Examined]:
    started = time.monotonic()
    for candidate in waiting:
        known = cache.get(candidate) if cache is not None else None
        if known is not None:
            yield known
            continue
        yield _kept(cache, candidate, _swept(examiner(candidate)))
        if jobs > 1 and time.monotonic() - started > ALONE:
            break
    rest = list(waiting)
    found = [cache.get(candidate) if cache is not None else None for candidate in rest]
    todo = [candidate for candidate, known in zip(rest, found, strict=True) if known is None]
    pooled = jobs > 1 and len(todo) >= FEWEST
    fresh = _pooled(todo, examiner, jobs) if pooled else (_swept(examiner(each)) for each in todo)
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
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # a fork shares what is loaded already; elsewhere it is not safe or not there
    forks = sys.platform == "linux"
    context = multiprocessing.get_context("fork" if forks else None)
    own = examiner if forks else Examiner(examiner.configuration, examiner.choose)
    gc.freeze()
    pool = ProcessPoolExecutor(min(jobs, len(candidates)), context, _begin, (own,))
    try:
        made: dict[int, tuple[Future[list[Examined]], int]] = {}
        for batch in _batches(candidates, jobs):
            future = pool.submit(_examine, [candidates[index] for index in batch])
            made.update((index, (future, place)) for place, index in enumerate(batch))
        for index, candidate in enumerate(candidates):
            future, place = made[index]
            try:
                examined = future.result()[place]
            except BrokenProcessPool:
                # a process was killed (memory, a signal): what is missing is done here
                examined = examiner(candidate)
            yield examined
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def _batches(candidates: list[Candidate | Coverage], jobs: int) -> Iterator[list[int]]:
    """The inputs by their places, in shares of about equal work: the largest first, so that all processes
    end together.
    """
    weights = [_weight(candidate) for candidate in candidates]
    share = sum(weights) / (jobs * SHARES)
    batch: list[int] = []
    weight = 0
    for index in sorted(range(len(candidates)), key=lambda index: -weights[index]):
        batch.append(index)
        weight += weights[index]
        if weight >= share:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _weight(candidate: Candidate | Coverage) -> int:
    """About how much work an input is: that of source grows with it, of a model its description is read."""
    if isinstance(candidate, Coverage):
        return 1
    try:
        size = os.stat(candidate.path).st_size  # noqa: PTH116 (one call a file: pathlib takes longer)
    except OSError:
        return 1
    return FIXED + (size if candidate.path.endswith((".py", ".pyw", ".ipynb")) else 0)


_own: list[Examiner] = []
"""The examiner of a process of the pool, given to it when it starts: its rules are loaded once."""


def _begin(examiner: Examiner) -> None:
    gc.disable()
    _own[:] = [examiner]


def _examine(candidates: list[Candidate | Coverage]) -> list[Examined]:
    return [_swept(_own[0](candidate)) for candidate in candidates]


def _swept(made: Examined) -> Examined:
    """Collect garbage between two inputs, once there is much of it.

    While an input is worked on nearly everything that it makes is in use, and looking through it again and
    again takes a fifth of the time.
    """
    if gc.get_count()[0] > GARBAGE:
        gc.collect()
    return made
