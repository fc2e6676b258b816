"""Items under keys that are not known: which objects a program reads there, and may go on to change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from layoutlint.interpreter.core.journal import Journal, join, join_all
from layoutlint.interpreter.core.limits import MAX_FILLED
from layoutlint.interpreter.core.values import OTHERS, Choice, LibraryObject, Rest, Unknown, Value, has_rest
from layoutlint.model.sizes import Expression, is_nameless, unknown_size

CHANGEABLE: Final = (list, dict, set)
VARIABLE: Final = "variable"
"""What the state of a library's object holds that a program makes in order to set its value later."""


def put_all(container: dict[Value, Value], given: Value) -> None:
    """Put the items of a mapping into a dict; one that is not known may replace any that is there."""
    items: dict[Value, Value] = given if isinstance(given, dict) else {OTHERS: Unknown()}
    further = items.get(OTHERS)
    if isinstance(further, Unknown | Expression):
        container.update({key: join(value, further) for key, value in container.items() if key not in items})
    container.update(items)


def item_under(journal: Journal, container: dict[Value, Value], key: Value) -> Value:
    """Return the item that a dict has under a key; a list under keys that are not known stands for several,
    of which nobody knows the lengths, and so does a number that is not known.
    """
    value = container[key]
    if key is OTHERS and isinstance(value, Expression) and is_nameless(value):
        return unknown_size()
    if key is OTHERS and isinstance(value, list) and value and not has_rest(value):
        journal.touch(value)
        value[:] = [Rest(join_all(value))]
    return value


def any_of(values: Iterable[Value]) -> Value:
    """Return one of several objects that exist, whichever it is.

    Where some are still to be filled they stay themselves, so that a change reaches them:
    ``parts[key].append(x)``.
    """
    found = list({id(value): value for value in values}.values())
    fillable = all(isinstance(value, Unknown) or _is_changeable(value) for value in found)
    if fillable and 1 < len(found) <= MAX_FILLED and any(map(_is_empty, found)):
        return Choice(tuple(found))
    return join_all(found)


def _is_changeable(value: Value) -> bool:
    return isinstance(value, CHANGEABLE) or _is_variable(value)


def _is_variable(value: Value) -> bool:
    return isinstance(value, LibraryObject) and VARIABLE in value.state


def _is_empty(value: Value) -> bool:
    """Tell whether a list, dict or set is still to be filled, or one that a dict holds; a variable
    always is.
    """
    if _is_variable(value):
        return True
    if isinstance(value, dict) and value:
        return any(isinstance(held, CHANGEABLE) and not held for held in value.values())
    return isinstance(value, CHANGEABLE) and not value
