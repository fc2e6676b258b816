"""Many inputs, each in a process that can be ended, on all processors once there is enough to do.

A worker more costs more than checking a few files. So one worker begins, and what is left after :data:`ALONE`
seconds goes to as many as there are processors; the order of the inputs is kept, and what comes out is the
same.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from layoutlint.interpreter.core.budget import BUDGET
from layoutlint.model.findings import Coverage
from layoutlint.run.discovery import SOURCE_EXTENSIONS, Candidate
from layoutlint.run.examination import Examined, Examiner
from layoutlint.system.hard_limits import HardLimits
from layoutlint.system.pool import Pool
from layoutlint.system.worker import Ended

if TYPE_CHECKING:
    from layoutlint.run.cache import Caches

Watch: TypeAlias = Callable[[int, int], None]

ALONE = 0.1
"""Seconds of work that one worker does before there are more."""

FEWEST = 3
"""Fewer inputs than this are not worth a second worker."""

SHARES = 24
"""Into about how many shares the work of each process is cut."""

FIXED = 500
"""What an input costs beside its content, in bytes of source."""


def examine_all(
    candidates: Iterable[Candidate | Coverage],
    examiner: Examiner,
    cache: Caches | None = None,
    jobs: int | None = None,
    watch: Watch | None = None,
) -> Iterator[Examined]:
    """Yield everything to say of each input, in order; what the cache knows is taken from it.

    ``watch`` is told how many inputs are done, whether their turn has come or not, and of how many. Raises
    ConfigurationError for a rule that cannot be used.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        found = list(candidates)
        of = examiner.projects.of
        budget = max((of(each.path).budget for each in found if isinstance(each, Candidate)), default=BUDGET)
        with Pool(examiner, HardLimits.of(budget)) as pool:
            told = watch or _nobody
            yield from _all(found, examiner, pool, cache, jobs or os.cpu_count() or 1, told)
    finally:
        if collecting:
            # what is left belongs to the old objects, which are looked through seldom
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _nobody(done: int, count: int) -> None:
    """Watch nothing."""


def _all(
    candidates: list[Candidate | Coverage],
    examiner: Examiner,
    pool: Pool[Candidate, Examined],
    cache: Caches | None,
    jobs: int,
    watch: Watch,
) -> Iterator[Examined]:
    started = time.monotonic()
    count = len(candidates)
    waiting = iter(candidates)
    for done, candidate in enumerate(waiting):
        watch(done, count)
        known = _known(cache, candidate)
        if isinstance(known, Examined):
            yield known
            continue
        if examiner.prepare(known):
            pool.renew()
        yield _kept(cache, known, pool.one(known))
        if time.monotonic() - started > ALONE:
            break
    rest = list(waiting)
    found = [_known(cache, candidate) for candidate in rest]
    todo = [item for item in found if isinstance(item, Candidate)]
    if len(todo) < FEWEST:
        jobs = 1
    before = count - len(todo)
    fresh = pool.many(todo, list(_batches(todo, jobs)), jobs, lambda done: watch(before + done, count))
    for item in found:
        yield _kept(cache, item, next(fresh)) if isinstance(item, Candidate) else item


def _known(cache: Caches | None, candidate: Candidate | Coverage) -> Candidate | Examined:
    """Return what there is to say of an input without looking into it; the input itself if there
    is nothing.
    """
    if isinstance(candidate, Coverage):
        return Examined(candidate)
    return (cache.get(candidate) if cache is not None else None) or candidate


def _kept(cache: Caches | None, candidate: Candidate, made: Examined | Ended) -> Examined:
    """Return what was found, put into the cache if there is one."""
    if isinstance(made, Ended):
        return Examined(Coverage(candidate.path, "unknown", "error", made.reason))
    if cache is not None:
        cache.put(candidate, made)
    return made


def _batches(candidates: list[Candidate], jobs: int) -> Iterator[list[int]]:
    """Yield the inputs by their places, in shares of about equal work: the largest first, so that all
    processes end together.
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


def _weight(candidate: Candidate) -> int:
    """About how much work an input is: that of source grows with it, of a model its description is read."""
    try:
        size = os.stat(candidate.path).st_size  # noqa: PTH116 (one call a file: pathlib takes longer)
    except OSError:
        return 1
    return FIXED + (size if candidate.path.endswith(SOURCE_EXTENSIONS) else 0)
