"""A deep stack: programs and models nest further than Python's default recursion limit lets us follow."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

STACK_BYTES = 512 * 1024 * 1024
RECURSION = 40_000


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
            run()
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
