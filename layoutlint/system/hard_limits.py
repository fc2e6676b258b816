"""What a worker may take for one piece of work, and how the operating system holds it to that."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec import Struct

MEBIBYTE: Final = 2**20

HEAP: Final = 384 * MEBIBYTE
"""Memory that a worker may take beside its stack; the largest sources of real projects take 30 MiB."""

FACTOR: Final = 2.0
CONSTANT: Final = 5.0
"""Seconds beside the multiple of the budget: for parsing, judging, and the readers of saved models."""

PATIENCE: Final = 10
"""How many times longer than its processor time a worker may take on the clock: it may wait for a busy
machine or a slow disk.
"""

TOO_MUCH_MEMORY: Final = f"was cut short: it needs more than {HEAP // MEBIBYTE} MiB of memory"


class HardLimits(Struct, frozen=True):
    """The limits of one piece of work: seconds of processor time."""

    seconds: float

    @classmethod
    def of(cls, budget: float) -> HardLimits:
        """Return the hard limit around an evaluation of at most ``budget`` seconds."""
        return cls(FACTOR * budget + CONSTANT)

    @property
    def patience(self) -> float:
        """Seconds on the clock after which a worker that has not come back is ended."""
        return PATIENCE * self.seconds

    @property
    def too_long(self) -> str:
        """The reason of a work that ran into the limit of processor time."""
        return f"was cut short: it takes more than {self.seconds:g} s of processor time"

    @property
    def too_slow(self) -> str:
        """The reason of a work that did not come back at all."""
        return f"was cut short: it takes more than {self.patience:g} s"

    def start_clock(self) -> None:
        """Let the operating system end this process unless :meth:`stop_clock` comes in time."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, self.seconds)

    def stop_clock(self) -> None:
        """Stop the clock: the work has come back in time."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)


def leave_signals() -> None:
    """Leave this process, a worker, to the system's signals, and have it end without last words."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent has got it too, and ends its workers
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # which ends the process
    if not os.environ.get("LAYOUTLINT_DEBUG"):
        # the last words of a crashed library are not for the user: the parent says what has happened
        with open(os.devnull, "wb") as nothing, contextlib.suppress(OSError):  # noqa: PTH123
            os.dup2(nothing.fileno(), 2)


def limit_memory() -> None:
    """Let this process, a worker, take no more than :data:`HEAP` bytes from now on."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, wanted in (
        (resource.RLIMIT_AS, address_space() + HEAP),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or wanted < hard:
            with contextlib.suppress(OSError, ValueError):  # a system may not know the limit
                resource.setrlimit(kind, (wanted, hard))


def address_space() -> int:
    """Return the bytes of address space that this process has taken; 0 where the system does not tell."""
    return _pages(0)


def resident() -> int:
    """Return the bytes of memory that this process has in use; 0 where the system does not tell."""
    return _pages(1)


def _pages(field: int) -> int:
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[field]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def end_with(parent: int, until_its_end: Callable[[], object]) -> None:
    """Let this process end as soon as its parent does, however that happens.

    ``until_its_end`` returns when the parent has ended; a thread waits for it where the system has no signal
    for that.
    """
    if sys.platform == "linux" and _signal_of_death():
        if os.getppid() != parent:  # it was faster
            os._exit(1)
    else:
        threading.Thread(target=_watch, args=(until_its_end,), daemon=True).start()


def _signal_of_death() -> bool:
    try:
        import ctypes

        set_signal = 1  # PR_SET_PDEATHSIG
        return int(ctypes.CDLL(None).prctl(set_signal, signal.SIGKILL, 0, 0, 0)) == 0
    except (ImportError, OSError, AttributeError):
        return False


def _watch(until_its_end: Callable[[], object]) -> None:
    until_its_end()
    os._exit(1)
