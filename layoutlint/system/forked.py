"""Workers that are forked: they have all that is loaded already, and are there within a millisecond.

Messages are pickles behind their length, in a pipe each way: neither semaphores nor shared memory, which some
containers do not have.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
from collections.abc import Callable, Sequence
from typing import Any

from layoutlint.system import hard_limits
from layoutlint.system.worker import serve

_LENGTH = struct.Struct("<Q")


class Pipes:
    """One end of the pipes between two processes."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing

    def fileno(self) -> int:
        """Return what becomes readable with a message, or with the end of the other side."""
        return self._reading

    def send(self, message: object) -> None:
        """Send a message. Raises OSError where nobody reads any more."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        waiting = memoryview(_LENGTH.pack(len(data)) + data)
        while waiting:
            waiting = waiting[os.write(self._writing, waiting) :]

    def receive(self) -> Any:
        """Return the next message. Raises EOFError where there will be none."""
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        return pickle.loads(self._read(length))

    def _read(self, length: int) -> bytes:
        parts: list[bytes] = []
        while length:
            part = os.read(self._reading, min(length, hard_limits.MEBIBYTE))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        """Close both pipes."""
        os.close(self._reading)
        os.close(self._writing)


class ForkedWorker:
    """A forked worker, as its parent sees it."""

    def __init__(self, work: Callable[[Any], Any], bounds: hard_limits.HardLimits) -> None:
        parent = os.getpid()
        requests, replies, life = os.pipe(), os.pipe(), os.pipe()
        self.channel = Pipes(replies[0], requests[1])
        self._life = life[1]
        self._pid = os.fork()
        if self._pid == 0:
            try:
                self.channel.close()
                os.close(life[1])
                hard_limits.end_with(parent, lambda: os.read(life[0], 1))
                serve(Pipes(requests[0], replies[1]), work, bounds)
            finally:
                os._exit(1)
        for mine in (requests[0], replies[1], life[0]):
            os.close(mine)

    def end(self) -> int:
        """End the process, if it has not ended. The signal that has ended it, or 0."""
        os.kill(self._pid, signal.SIGKILL)
        _, status = os.waitpid(self._pid, 0)
        self.channel.close()
        os.close(self._life)
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def start(work: Callable[[Any], Any], bounds: hard_limits.HardLimits) -> ForkedWorker:
    """Return a worker that does this work within these limits."""
    return ForkedWorker(work, bounds)


def ready(processes: Sequence[ForkedWorker], seconds: float) -> list[ForkedWorker]:
    """Return those that have sent something or ended, as soon as there are any, at the latest after some
    seconds.
    """
    poll = select.poll()
    by_number = {process.channel.fileno(): process for process in processes}
    for number in by_number:
        poll.register(number, select.POLLIN)
    return [by_number[number] for number, _ in poll.poll(max(seconds, 0) * 1000)]
