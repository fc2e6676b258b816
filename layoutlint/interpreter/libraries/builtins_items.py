"""Python's built-in functions of items: containers, iterators, and what is asked of them."""

from __future__ import annotations

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.limits import MAX_BOUND, MAX_ITEMS
from layoutlint.interpreter.core.narrowing import as_array, sequence
from layoutlint.interpreter.core.plain import is_key
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    OTHERS,
    BoundMethod,
    FunctionValue,
    Instance,
    LibraryObject,
    Rest,
    Unknown,
    Value,
    any_number,
    has_rest,
    one_of,
    truth,
)
from layoutlint.interpreter.language.ordering import ordered
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import unknown_size

MAX_ROWS = 64


def _len(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "obj")
    array = as_array(value)
    match value if array is None else array:
        case Tensor(shape=shape) as tensor:
            if shape is not None and shape.rank:
                return shape[0].size
            return Unknown(f"{tensor.name}.shape[0]" if tensor.name else None)
        case Unknown() as unknown:
            if unknown.name is None:
                return (unknown.like or unknown).part(".shape[0]")
            return _length_of(unknown)
        case list() | tuple() as items:
            return site.lost("the length of a list that a loop fills") if has_rest(items) else len(items)
        case dict() | set() | frozenset() as keys:
            return site.lost("the length of something with unknown keys") if OTHERS in keys else len(keys)
        case str() | bytes() | range() as known:
            return len(known)
        case Instance() as made:
            owner, method = made.cls.find("__len__")
            if owner is not None and isinstance(method, FunctionValue):
                return site.call(BoundMethod(method, made), Arguments())
    return site.lost("the length of something unknown")


def _length_of(value: Unknown) -> Unknown:
    """Return ``len(X)``, which is the same size as ``X.shape[0]``."""
    owner = value.like or value
    part = owner.part(".shape").part("[0]")
    return Unknown(f"len({owner.name})", part.origin, part.reason, part.serial, part.path)


def _range(site: Site, arguments: Arguments) -> Value:
    bounds = [value for value in arguments.positional if isinstance(value, int)]
    if any(abs(bound) > MAX_BOUND for bound in bounds):
        return site.list_of([Rest(unknown_size(site.origin))])
    if bounds and len(bounds) == len(arguments.positional):
        try:
            return range(*bounds)
        except (ValueError, TypeError):
            return site.lost("Python would raise here")
    # whatever it is, it is a whole number
    return [Rest(unknown_size(site.origin))]


def _slice(site: Site, arguments: Arguments) -> Value:
    """Return ``slice(start, stop)``, known or not."""
    if not 1 <= len(arguments.positional) <= 3 or arguments.open:
        return site.lost("Python would raise here")
    return slice(*arguments.positional)


def _list(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "iterable", ())
    items = site.items(value)
    if items is None:
        return value if isinstance(value, Unknown) else site.list_of(any_number())
    return site.list_of(items)


def _tuple(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "iterable", ())
    items = site.items(value)
    if items is None:
        return value if isinstance(value, Unknown) else site.lost("unknown items")
    return tuple(items)


def _set(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable", ()))
    if items is not None and all(isinstance(item, str | int | float) for item in items):
        return site.journal.born(set(items))
    return site.lost("a set of unknown items")


def new_dict(site: Site, arguments: Arguments) -> Value:
    """Return ``dict(items, name=value)``."""
    first = arguments.positional[0] if arguments.positional else ()
    pairs = list(first.items()) if isinstance(first, dict) else _pairs(site.items(first))
    if pairs is None or arguments.open:
        return site.lost("a dict of unknown items")
    return site.dict_of([*pairs, *arguments.keywords.items()])


def _pairs(items: list[Value] | None) -> list[tuple[Value, Value]] | None:
    """Return the items as keys with their values; None where that is not known of one of them."""
    found: list[tuple[Value, Value]] = []
    for item in items or ():
        match sequence(item):
            case [key, value] if is_key(key):
                found.append((key, value))
            case _:
                return None
    return None if items is None else found


def _enumerate(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    start = arguments.get(1, "start", 0)
    place = unknown_size(site.origin)
    if items is None or not isinstance(start, int):
        item = site.element(arguments.get(0, "iterable"))
        return [Rest((place, item))]
    return [
        Rest((place, item.item)) if isinstance(item, Rest) else (start + index, item)
        for index, item in enumerate(items)
    ]


def _zip(site: Site, arguments: Arguments) -> Value:
    return list(_rows(site, arguments))


def _rows(site: Site, arguments: Arguments) -> list[Value]:
    """Return the rows of ``zip(…)``: a tuple of an item of each column."""
    if arguments.open:
        return any_number() if arguments.positional else _columns(arguments.further)
    columns = [site.items(value) for value in arguments.positional]
    if not columns:
        return []
    known = [column for column in columns if column is not None and not has_rest(column)]
    if len(known) == len(columns):
        return list(zip(*known, strict=False))
    if known:
        # the shortest decides: rows up to the shortest known column may all exist
        shortest = min(len(column) for column in known)
        if shortest <= MAX_ROWS:
            return [tuple(_item_of(column, index) for column in columns) for index in range(shortest)]
    sure = min(MAX_ROWS, *(_first_rest(column) for column in columns))
    rows: list[Value] = [tuple(_item_of(column, index) for column in columns) for index in range(sure)]
    return [*rows, Rest(tuple(_item_of(column) for column in columns))]


def _columns(rows: tuple[Value, ...]) -> list[Value]:
    """Return what ``zip(*rows)`` makes of any number of rows: a tuple for each column of theirs; any number
    of columns where the rows do not say how many.
    """
    each = [one_of(row) for row in rows]
    lengths = {len(row) if isinstance(row, tuple) and not has_rest(row) else None for row in each}
    if len(lengths) != 1 or None in lengths:
        return any_number()
    columns = zip(*(row for row in each if isinstance(row, tuple)), strict=True)
    return [
        tuple(Rest(item) if isinstance(row, Rest) else item for row, item in zip(rows, column, strict=True))
        for column in columns
    ]


def _first_rest(column: list[Value] | None) -> int:
    """Return how many items of a column are told apart."""
    if column is None:
        return 0
    return next((place for place, item in enumerate(column) if isinstance(item, Rest)), len(column))


def _item_of(column: list[Value] | None, index: int | None = None) -> Value:
    """Return an item of a column: the one at this index if that is known, else any further one."""
    if column is None:
        return Unknown()
    if index is not None and index < _first_rest(column):
        return column[index]
    return one_of(column[-1]) if has_rest(column[-1:]) else Unknown()


def _reversed(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "sequence"))
    return list(reversed(items)) if items is not None else any_number()


def _map(site: Site, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return site.lost("map of unknown arguments")
    callee, *columns = arguments.positional
    found: list[Value] = []
    for row in _rows(site, Arguments(tuple(columns)))[:MAX_ITEMS]:
        value = site.call(callee, Arguments(tuple(sequence(one_of(row)) or ())))
        found.append(Rest(value) if isinstance(row, Rest) else value)
    return site.list_of(found)


def _filter(site: Site, arguments: Arguments) -> Value:
    callee = arguments.get(0, "function")
    items = site.items(arguments.get(1, "iterable"))
    if items is None or has_rest(items):
        return any_number()
    answers = [truth(item if callee is None else site.call(callee, Arguments((item,)))) for item in items]
    if None in answers:
        return any_number()
    return site.list_of(item for item, answer in zip(items, answers, strict=True) if answer)


def _any_all(stops_at: bool) -> Handler:
    def run(site: Site, arguments: Arguments) -> Value:
        items = site.items(arguments.get(0, "iterable"))
        if items is None:
            return site.lost("unknown items")
        answers = [None if isinstance(item, Rest) else truth(item) for item in items]
        if stops_at in answers:
            return stops_at
        return site.lost("unknown items") if None in answers else not stops_at

    return run


def _next(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "iterator")
    items = site.items(value) if isinstance(value, LibraryObject) else value
    if not isinstance(items, list) or not items:
        return site.lost("the next of something unknown")
    first = items[0]
    if not isinstance(first, Rest):
        site.journal.touch(items)
        del items[0]
    return one_of(first)


def _iter(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    return site.list_of(items) if items is not None else arguments.get(0, "iterable")


FUNCTIONS: dict[str, Handler] = {
    "len": _len,
    "range": _range,
    "xrange": _range,
    "slice": _slice,
    "list": _list,
    "tuple": _tuple,
    "set": _set,
    "frozenset": _set,
    "dict": new_dict,
    "enumerate": _enumerate,
    "zip": _zip,
    "reversed": _reversed,
    "sorted": ordered,
    "map": _map,
    "filter": _filter,
    "any": _any_all(stops_at=True),
    "all": _any_all(stops_at=False),
    "next": _next,
    "iter": _iter,
}
