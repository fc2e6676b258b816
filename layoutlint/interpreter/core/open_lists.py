"""Lists of unknown length, as loops fill them: what may be an item, and lists that stand for them."""

from __future__ import annotations

from collections.abc import Iterable

from layoutlint.interpreter.core.extent import is_small
from layoutlint.interpreter.core.values import OTHERS, Choice, LibraryObject, Rest, Value, is_number
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression


def is_of_unknown_length(value: Value) -> bool:
    """Tell whether a list has any number of items that are numbers, arrays or lists of them."""
    parts = value if isinstance(value, list | tuple) else ()
    return any(isinstance(part, Rest) and _is_entry(part.item) for part in parts)


def _is_entry(item: Value) -> bool:
    if isinstance(item, Choice):
        return all(map(is_number, item.alternatives))
    array = item.array if isinstance(item, LibraryObject) else item
    return isinstance(array, Tensor | list | tuple | int | float | Expression)


def _numbers_of(item: Value) -> tuple[Value, ...]:
    """Return the numbers that an item may be, where it is one of a few: the codes of three classes."""
    few = item.alternatives if isinstance(item, Choice) else ()
    return few if all(type(one) in (int, float, Expression) for one in few) else ()


def is_any_number(value: Value) -> bool:
    """Tell whether a list or dict holds an unknown number of values, or too many to look at each."""
    if not is_small(value):
        return True
    if isinstance(value, list | tuple):
        return any(isinstance(item, Rest) or is_any_number(item) for item in value)
    if isinstance(value, dict):
        return OTHERS in value or any(map(is_any_number, value.values()))
    return False


def filled(value: Value, count: int) -> Value:
    """Return a list of unknown length with ``count`` items for each :class:`Rest`, in all the lists inside
    too.
    """
    match value:
        case list():
            return _filled(value, count)
        case tuple():
            return tuple(_filled(value, count))
        case _:
            return value


def _filled(values: Iterable[Value], count: int) -> list[Value]:
    found: list[Value] = []
    for item in values:
        if isinstance(item, Rest):
            parts = _numbers_of(item.item) or (item.item,)
            found += [filled(part, count) for part in parts * count]
        else:
            found.append(filled(item, count))
    return found
