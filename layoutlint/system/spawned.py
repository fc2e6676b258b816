"""Workers where there is no fork: fresh processes of Python, which cost a second start of it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing import connection
from typing import Any

from layoutlint.system import hard_limits
from layoutlint.system.worker import serve

_CONTEXT = multiprocessing.get_context("spawn")


class SpawnedPipe:
    """One end of the pipe between two processes."""

    def __init__(self, pipe: Any) -> None:
        self.pipe = pipe

    def send(self, message: object) -> None:
        """Send a message. Raises OSError where nobody reads any more."""
        self.pipe.send(message)

    def receive(self) -> Any:
        """Return the next message. Raises EOFError where there will be none."""
        try:
            return self.pipe.recv()
        except OSError:
            raise EOFError from None


class SpawnedWorker:
    """A spawned worker, as its parent sees it; ``work`` crosses processes."""

    def __init__(self, work: Callable[[Any], Any], bounds: hard_limits.HardLimits) -> None:
        mine, other = _CONTEXT.Pipe()
        self.channel = SpawnedPipe(mine)
        self._process = _CONTEXT.Process(target=_begin, args=(other, work, bounds), daemon=True)
        self._process.start()
        other.close()

    def end(self) -> int:
        """End the process, if it has not ended. The signal that has ended it, or 0."""
        self._process.kill()
        self._process.join()
        code = self._process.exitcode or 0
        self._process.close()
        self.channel.pipe.close()
        return max(-code, 0)


def _begin(pipe: Any, work: Callable[[Any], Any], bounds: hard_limits.HardLimits) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    assert parent.pid is not None
    hard_limits.end_with(parent.pid, parent.join)
    serve(SpawnedPipe(pipe), work, bounds)


def start(work: Callable[[Any], Any], bounds: hard_limits.HardLimits) -> SpawnedWorker:
    """Return a worker that does this work within these limits."""
    return SpawnedWorker(work, bounds)


def ready(processes: Sequence[SpawnedWorker], seconds: float) -> list[SpawnedWorker]:
    """Return those that have sent something or ended, as soon as there are any, at the latest after some
    seconds.
    """
    by_pipe = {process.channel.pipe: process for process in processes}
    return [by_pipe[pipe] for pipe in connection.wait(list(by_pipe), max(seconds, 0))]
