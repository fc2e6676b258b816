"""A pool of workers: pieces of work go in, their results come out in the same order.

A worker that is past its limits is ended and replaced; what it was busy with has :class:`Ended` for a result,
and everything else goes on.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType, TracebackType
from typing import Any, Generic, TypeVar

from layoutlint.system.hard_limits import HardLimits
from layoutlint.system.worker import Answer, Ended, Failed

T = TypeVar("T")
R = TypeVar("R")


def _nobody(done: int) -> None:
    """Watch nothing."""


class _Worker:
    """A process, the places of the pieces that it has yet to answer, and until when the first may take."""

    def __init__(self, process: Any) -> None:
        self.process = process
        self.share: deque[int] = deque()
        self.deadline = 0.0


class Pool(Generic[T, R]):
    """Workers that do one kind of work; they are started when they are needed, and end with the pool."""

    def __init__(self, work: Callable[[T], R], limits: HardLimits, way: ModuleType | None = None) -> None:
        self._work = work
        self._limits = limits
        self._way = way or _usual_way()
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool[T, R]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.renew()

    def renew(self) -> None:
        """Let the workers that come know what has been loaded since the first one was started."""
        while self._workers:
            self._end(self._workers[-1])

    def one(self, piece: T) -> R | Ended:
        """Return the result of one piece of work. Raises what the work raises."""
        return next(self.many([piece], [[0]], 1))

    def many(
        self,
        pieces: Sequence[T],
        shares: Sequence[Sequence[int]],
        jobs: int,
        watch: Callable[[int], None] = _nobody,
    ) -> Iterator[R | Ended]:
        """Yield the results of many pieces by ``jobs`` workers, which take the shares (of places)
        one by one.

        ``watch`` is told how many pieces are done, whether their turn has come or not. Raises what the work
        raises.
        """
        waiting = deque(deque(share) for share in shares)
        results: dict[int, Any] = {}
        for place in range(len(pieces)):
            while place not in results:
                self._give(pieces, waiting, jobs)
                self._gather(results, waiting)
                watch(place + len(results))
            result = results.pop(place)
            if isinstance(result, Failed):
                raise result.error
            yield result

    def _give(self, pieces: Sequence[T], waiting: deque[deque[int]], jobs: int) -> None:
        """Give a share to every worker that has none, and start workers for those that are left."""
        idle = [worker for worker in self._workers if not worker.share]
        while waiting and (idle or len(self._workers) < jobs):
            if idle:
                worker = idle.pop()
            else:
                worker = _Worker(self._way.start(self._work, self._limits))
                self._workers.append(worker)
            try:
                worker.process.channel.send([pieces[place] for place in waiting[0]])
            except OSError:
                self._end(worker)  # somebody has ended it while it had nothing to do
                continue
            worker.share = waiting.popleft()
            worker.deadline = time.monotonic() + self._limits.patience

    def _gather(self, results: dict[int, Any], waiting: deque[deque[int]]) -> None:
        """Wait for results, at the longest until the first worker is past its time."""
        busy = [worker for worker in self._workers if worker.share]
        by_process = {worker.process: worker for worker in busy}
        first = min(worker.deadline for worker in busy)
        for process in self._way.ready(list(by_process), first - time.monotonic()):
            self._take(by_process[process], results, waiting)
        for worker in busy:
            if worker.share and worker in self._workers and time.monotonic() > worker.deadline:
                self._end(worker)
                self._blame(worker, self._limits.too_slow, results, waiting)

    def _take(self, worker: _Worker, results: dict[int, Any], waiting: deque[deque[int]]) -> None:
        try:
            answer: Answer = worker.process.channel.receive()
        except EOFError:
            self._blame(worker, self._reason(self._end(worker)), results, waiting)
            return
        results[worker.share.popleft()] = answer.result
        worker.deadline = time.monotonic() + self._limits.patience
        if answer.last:
            self._end(worker)
            self._take_back(worker, waiting)

    def _blame(
        self, worker: _Worker, reason: str, results: dict[int, Any], waiting: deque[deque[int]]
    ) -> None:
        """End the piece that an ended worker was busy with; the others go on."""
        results[worker.share.popleft()] = Ended(reason)
        self._take_back(worker, waiting)

    def _take_back(self, worker: _Worker, waiting: deque[deque[int]]) -> None:
        if worker.share:
            waiting.appendleft(worker.share)

    def _end(self, worker: _Worker) -> int:
        self._workers.remove(worker)
        return int(worker.process.end())

    def _reason(self, number: int) -> str:
        if number == getattr(signal, "SIGPROF", None):
            return self._limits.too_long
        name = signal.Signals(number).name if number else "without a word"
        return f"was cut short: the process that worked on it ended ({name})"


def _usual_way() -> ModuleType:
    if hasattr(os, "fork"):
        from layoutlint.system import forked

        return forked
    from layoutlint.system import spawned

    return spawned
