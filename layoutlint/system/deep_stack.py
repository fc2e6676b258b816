"""A deep stack: programs and models nest further than Python's default recursion limit lets us follow."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

STACK_BYTES = 512 * 1024 * 1024
RECURSION = 40_000
FRAMES = 1 << 17
"""Room for the frames of Python functions, in words."""


class _Here(threading.local):
    is_deep = False


_here = _Here()


def on_deep_stack(run: Callable[[], None]) -> None:
    """Run something in a thread with a deep stack: in this one, if it has one already."""
    if _here.is_deep:
        run()
        return
    failure: list[BaseException] = []

    def guarded() -> None:
        _here.is_deep = True
        threading.stack_size(size)  # threads that it starts at once are ordinary ones
        try:
            _in_one_block(run)
        except BaseException as error:
            failure.append(error)

    size = threading.stack_size(STACK_BYTES)
    try:
        thread = threading.Thread(target=guarded)
        thread.start()
    finally:
        threading.stack_size(size)
    thread.join()
    if failure:
        raise failure[0]


def _in_one_block(run: Callable[[], None]) -> None:
    """Run something whose frames are in one block of memory.

    CPython keeps frames in blocks of 16 KiB: a call at the end of one maps the next, its return unmaps it,
    again and again. A frame as large as this one gets a larger block, and the frames above it use the rest.
    """
    run()


_in_one_block.__code__ = _in_one_block.__code__.replace(co_stacksize=FRAMES)


def deeply(run: Callable[[], None]) -> None:
    """Run something on a deep stack, and let it use that."""

    def recursive() -> None:
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, RECURSION))
        try:
            run()
        finally:
            sys.setrecursionlimit(limit)

    on_deep_stack(recursive)
