"""Python's own values: which of them Python itself may compute with, and how."""

from __future__ import annotations

from collections.abc import Callable
from types import EllipsisType
from typing import assert_never

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.extent import bounded, is_small, parts
from layoutlint.interpreter.core.limits import MAX_KEY, MAX_TEXT
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    BoundMethod,
    Choice,
    ClassValue,
    Decorated,
    Deferred,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    ModuleValue,
    Native,
    NativeMethod,
    Others,
    Partial,
    Ratio,
    Rest,
    Super,
    Unknown,
    Value,
    has_rest,
)
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression


def is_plain(value: Value) -> bool:
    """Tell whether a value and all its parts are Python's own, and not too many, so that Python itself may
    compute with it.
    """
    return is_small(value) and _is_own(value)


def _is_own(value: Value) -> bool:
    match value:
        case int() | float() | complex() | str() | bytes() | range() | None:
            return True
        case list() | tuple() | set() | frozenset():
            return all(map(_is_own, value))
        case dict():
            return all(map(_is_own, value.values())) and all(map(_is_own, value))
        case Unknown() | External() | Choice() | Rest() | Others() | Expression() | Ratio() | Tensor():
            return False
        case FunctionValue() | ClassValue() | Instance() | ModuleValue() | Deferred() | Decorated():
            return False
        case BoundMethod() | NativeMethod() | Partial() | Super() | Native():
            return False
        case LibraryObject() | LayerValue() | ModelValue() | slice() | EllipsisType():
            return False
        case _:
            assert_never(value)


class Bounded(list[Value]):
    """A list that forgets its first items beyond a number of them: ``collections.deque`` with ``maxlen``."""

    most: int | None = None

    def forget(self) -> None:
        """Drop the first items of too many."""
        if self.most is not None and len(self) > self.most:
            if has_rest(self):
                # which ones are left is not known
                self[:] = [Rest(Unknown())]
            else:
                del self[: len(self) - self.most]


class Yielded(list[Value]):
    """What a generator function yields, in order."""


def is_key(value: Value) -> bool:
    """Tell whether a value can stand as a key of a known dict."""
    match value:
        case tuple():
            return parts(value, MAX_KEY) is not None and all(map(is_key, value))
        case str() | int() | float() | bytes() | None:
            return True
        case External():
            return value.is_definite
        case _:
            return False


_SIZED = (list, tuple, dict, set, frozenset, range)


def through(python_function: Callable[..., Value]) -> Handler:
    """Python's own function, for arguments that are Python's own."""

    def run(site: Site, arguments: Arguments) -> Value:
        given = (*arguments.positional, *arguments.keywords.values())
        if arguments.open or not all(map(is_plain, given)):
            return site.lost("an argument is unknown")
        if any(isinstance(value, _SIZED) for value in given):
            size = parts(given)
            if size is None:
                return site.lost("a very large argument")
            site.evaluator.charge(size)
        try:
            result = python_function(*arguments.positional, **arguments.keywords)
        except Exception:
            return site.lost("Python would raise here")
        if isinstance(result, str | list | tuple) and len(result) > MAX_TEXT:
            return site.lost("a very long value")
        return site.journal.born(result) if isinstance(result, list | dict | set) else bounded(result)

    return run
