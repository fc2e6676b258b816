"""A worker's own side: it takes shares of work and answers each piece of them before it begins the next."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable
from typing import Any, NoReturn, Protocol

from msgspec import Struct

from layoutlint.system.deep_stack import on_deep_stack
from layoutlint.system.hard_limits import (
    HEAP,
    TOO_MUCH_MEMORY,
    HardLimits,
    leave_signals,
    limit_memory,
    resident,
)

GARBAGE = 750_000
"""How many objects may be left over from pieces of work before they are collected: about 100 MB.

During the work nearly everything that it makes is in use, and looking through it again and again takes a
fifth of the time.
"""


class Ended(Struct, frozen=True):
    """What stands in place of a result: the work was cut short, and why, in words for a report."""

    reason: str


class Failed(Struct, frozen=True):
    """What stands in place of a result: the work has raised this."""

    error: Exception


class Answer(Struct, frozen=True):
    """The result of one piece of work; after the last one, the worker wants to be replaced."""

    result: Any
    last: bool = False


class Connection(Protocol):
    """What carries messages to the parent and back."""

    def send(self, message: object, /) -> None:
        """Send a message; raises OSError where nobody reads."""

    def receive(self) -> Any:
        """Return the next message; raises EOFError where there will be none."""


def serve(connection: Connection, work: Callable[[Any], Any], limits: HardLimits) -> None:
    """Do the work on everything that the parent sends, until there is no more."""
    leave_signals()
    on_deep_stack(lambda: _serve(connection, work, limits))


def _serve(connection: Connection, work: Callable[[Any], Any], limits: HardLimits) -> NoReturn:
    # the stack is there by now, and is not counted
    limit_memory()
    gc.disable()
    gc.freeze()
    start = resident()
    while True:
        try:
            share = connection.receive()
        except EOFError:
            os._exit(0)
        for piece in share:
            limits.start_clock()
            result = _result(work, piece)
            if gc.get_count()[0] > GARBAGE:
                gc.collect()
            # memory that one piece of work has left in use must not be missing for the next one
            last = resident() - start > HEAP // 2
            try:
                connection.send(Answer(result, last))
            except OSError:
                os._exit(0)
            except MemoryError:
                connection.send(Answer(Ended(TOO_MUCH_MEMORY), last=True))
            except Exception as error:  # a result that cannot be sent
                connection.send(Answer(Failed(RuntimeError(str(error))), last))
            limits.stop_clock()
            if last:
                os._exit(0)


def _result(work: Callable[[Any], Any], piece: Any) -> Any:
    try:
        return work(piece)
    except MemoryError:
        return Ended(TOO_MUCH_MEMORY)
    except Exception as error:
        return Failed(_sendable(error))


def _sendable(error: Exception) -> Exception:
    """Return the error, or what it says where it does not survive the way to the parent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
