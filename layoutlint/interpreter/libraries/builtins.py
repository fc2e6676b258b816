"""Python's built-in functions, over abstract values."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial, reduce
from typing import cast

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.classes import TYPES, is_a
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.limits import MAX_ITEMS
from layoutlint.interpreter.core.narrowing import (
    as_array,
    item_of,
    known_sizes,
    known_text,
    known_texts,
    sequence,
)
from layoutlint.interpreter.core.outcomes import ProgramError
from layoutlint.interpreter.core.plain import has_rest, is_key, is_plain, through
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    OTHERS,
    BoundMethod,
    Choice,
    ClassValue,
    External,
    FunctionValue,
    Instance,
    LibraryObject,
    Ratio,
    Rest,
    Super,
    Unknown,
    Value,
    truth,
)
from layoutlint.interpreter.language.attributes import get_attribute, set_attribute
from layoutlint.interpreter.language.ordering import keys_of, ordered
from layoutlint.model import sizes
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression, Size, symbol

MAX_ROWS = 64
MAX_EXPRESSION = 500


def _not_followed(site: Site, arguments: Arguments) -> Value:
    return site.lost("a built-in function that is not followed")


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
    if bounds and len(bounds) == len(arguments.positional):
        try:
            return range(*bounds)
        except (ValueError, TypeError):
            return site.lost("Python would raise here")
    # whatever it is, it is a whole number
    return [Rest(symbol("?", site.origin))]


def _slice(site: Site, arguments: Arguments) -> Value:
    """Return ``slice(start, stop)``, known or not."""
    if not 1 <= len(arguments.positional) <= 3 or arguments.open:
        return site.lost("Python would raise here")
    return slice(*arguments.positional)


def _int(site: Site, arguments: Arguments) -> Value:
    match value := arguments.get(0, "x", 0):
        case Choice():
            return _of_each(site, value, _int)
        case Ratio():
            return sizes.floor_divide(value.numerator, value.denominator)
        case Expression():
            return value
        case Unknown(like=None):
            return value.size()
        case _:
            return _plain_int(site, arguments)


def _float(site: Site, arguments: Arguments) -> Value:
    match value := arguments.get(0, "x", 0):
        case Choice():
            return _of_each(site, value, _float)
        case Ratio() | Expression():
            return value
        case Unknown(like=None):
            return symbol(value.name or "?", value.origin or site.origin)
        case _:
            return _plain_float(site, arguments)


_plain_int, _plain_float = through(int), through(float)


def _of_each(site: Site, choice: Choice, convert: Handler) -> Value:
    """Return what is known of a number that is made of one of several values."""
    return reduce(join, [convert(site, Arguments((each,))) for each in choice.alternatives])


def _round(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "number")
    return value if isinstance(value, Expression) else _plain_round(site, arguments)


_plain_round = through(round)


def _extremum(choose: Callable[[Size, Size], Size], python_function: Callable[..., Value]) -> Handler:
    """Return the handler of ``max`` or ``min``: ``choose`` is the same for symbolic sizes."""
    plain = through(python_function)

    def run(site: Site, arguments: Arguments) -> Value:
        values = _values(site, arguments)
        if not values or has_rest(values):
            return site.lost("the largest or smallest of unknown values")
        key = arguments.keywords.get("key")
        if key is not None:
            keys = keys_of(site, values, key)
            if keys is None:
                return site.lost("the largest or smallest of unknown values")
            place = python_function(range(len(values)), key=keys.__getitem__)
            return values[place] if isinstance(place, int) else Unknown()
        numbers = known_sizes(values)
        if numbers is not None and any(map(sizes.is_symbolic, numbers)):
            return reduce(choose, numbers[1:], cast("Size", numbers[0]))
        return plain(site, Arguments((values,)))

    return run


def _values(site: Site, arguments: Arguments) -> list[Value]:
    """Return the values that ``max`` and ``min`` choose from: several arguments, or the items of one."""
    if len(arguments.positional) != 1:
        return list(arguments.positional)
    items = site.items(arguments.positional[0])
    return items if items is not None else [Rest(Unknown())]


def _sum(site: Site, arguments: Arguments) -> Value:
    items, start = site.items(arguments.get(0, "iterable")), arguments.get(1, "start", 0)
    numbers = None if items is None else known_sizes([start, *items])
    return _plain_sum(site, arguments) if numbers is None else reduce(sizes.add, numbers, cast("Size", 0))


_plain_sum = through(sum)


def _list(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "iterable", ())
    items = site.items(value)
    if items is None:
        return value if isinstance(value, Unknown) else site.list_of([Rest(Unknown())])
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
    place = symbol("?", site.origin)
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
        # zip(*rows): any number of columns
        return [Rest(Unknown())]
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
    return item_of(column[-1]) if has_rest(column[-1:]) else Unknown()


def _reversed(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "sequence"))
    return list(reversed(items)) if items is not None else [Rest(Unknown())]


def _map(site: Site, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return site.lost("map of unknown arguments")
    callee, *columns = arguments.positional
    found: list[Value] = []
    for row in _rows(site, Arguments(tuple(columns)))[:MAX_ITEMS]:
        value = site.call(callee, Arguments(tuple(sequence(item_of(row)) or ())))
        found.append(Rest(value) if isinstance(row, Rest) else value)
    return site.list_of(found)


def _filter(site: Site, arguments: Arguments) -> Value:
    callee = arguments.get(0, "function")
    items = site.items(arguments.get(1, "iterable"))
    if items is None or has_rest(items):
        return [Rest(Unknown())]
    answers = [truth(item if callee is None else site.call(callee, Arguments((item,)))) for item in items]
    if None in answers:
        return [Rest(Unknown())]
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


def _isinstance(site: Site, arguments: Arguments) -> Value:
    value, kinds = arguments.get(0, "obj"), arguments.get(1, "class_or_tuple")
    answers = {is_a(value, kind) for kind in (kinds if isinstance(kinds, tuple) else (kinds,))}
    if True in answers:
        return True
    return site.lost("the type of something unknown") if None in answers else False


def _getattr(site: Site, arguments: Arguments) -> Value:
    target, name = arguments.get(0, "object"), arguments.get(1, "name")
    if isinstance(name, Choice):
        names = known_texts(name.alternatives)
        if names is not None:
            return site.choose([partial(get_attribute, site, target, each) for each in names])
    written = known_text(name)
    if written is None:
        return site.lost("an attribute of unknown name")
    if isinstance(target, Instance) and arguments.has(2, "default"):
        has_it = written in target.attributes or target.cls.find(written)[0] is not None
        if target.native is None and not has_it:
            return arguments.get(2, "default")
    return get_attribute(site, target, written)


def _hasattr(site: Site, arguments: Arguments) -> Value:
    target, name = arguments.get(0, "object"), known_text(arguments.get(1, "name"))
    if name is not None and isinstance(target, Instance):
        if name in target.attributes or target.cls.find(name)[0] is not None:
            return True
        if target.native is None and not target.cls.has_unknown_base and not target.cls.external_bases():
            return False
    if name is not None and is_plain(target):
        return hasattr(target, name)
    return site.lost("whether something unknown has an attribute")


def _setattr(site: Site, arguments: Arguments) -> Value:
    name = known_text(arguments.get(1, "name"))
    if name is not None:
        set_attribute(site.evaluator, arguments.get(0, "object"), name, arguments.get(2, "value"), site.scope)
    return None


def _vars(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "object")
    if isinstance(value, Instance):
        # the very same dict: what changes in it changes the object
        return cast("dict[Value, Value]", value.attributes)
    return site.lost("the attributes of something")


def _super(site: Site, arguments: Arguments) -> Value:
    match arguments.get(0, "type"), arguments.get(1, "object"):
        case ClassValue() as owner, (Instance() | ClassValue()) as receiver:
            return Super(owner, receiver)
        case _:
            return site.lost("super of something unknown")


def _type(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "object")
    if isinstance(value, Instance):
        return value.cls
    name = f"builtins.{type(value).__name__}"
    return External(name) if name in TYPES else site.lost("the type of something unknown")


def _next(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "iterator")
    items = site.items(value) if isinstance(value, LibraryObject) else value
    if not isinstance(items, list) or not items:
        return site.lost("the next of something unknown")
    first = items[0]
    if not isinstance(first, Rest):
        site.journal.touch(items)
        del items[0]
    return item_of(first)


def _iter(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    return site.list_of(items) if items is not None else arguments.get(0, "iterable")


def _evaluated(site: Site, arguments: Arguments) -> Value:
    """Return ``eval("ReLU")``: a known text, evaluated abstractly as all the rest of the program is."""
    text = known_text(arguments.get(0, "expression"))
    if text is None or len(text) > MAX_EXPRESSION or len(arguments.positional) > 1:
        return site.lost("a text that is evaluated when the program runs")
    try:
        expression = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return site.lost("a text that is not an expression")
    for part in ast.walk(expression):
        if isinstance(part, ast.expr | ast.keyword):
            ast.copy_location(part, site.node)
    return site.eval(expression)


def leave(site: Site, arguments: Arguments) -> Value:
    """Carry out ``sys.exit()`` and its like: the program ends."""
    raise ProgramError


def nothing(site: Site, arguments: Arguments) -> Value:
    """Carry out a function that returns None and changes nothing."""
    return None


_FUNCTIONS: dict[str, Handler] = {
    "len": _len,
    "range": _range,
    "slice": _slice,
    "xrange": _range,
    "int": _int,
    "float": _float,
    "round": _round,
    "max": _extremum(sizes.maximum, max),
    "min": _extremum(sizes.minimum, min),
    "sum": _sum,
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
    "isinstance": _isinstance,
    "getattr": _getattr,
    "hasattr": _hasattr,
    "vars": _vars,
    "setattr": _setattr,
    "super": _super,
    "type": _type,
    "next": _next,
    "iter": _iter,
    "print": nothing,
    "eval": _evaluated,
    "exit": leave,
    "quit": leave,
    **{each.__name__: through(each) for each in (abs, bool, chr, divmod, ord, repr, str, bin, hex, complex)},
}


def _find(name: str) -> Handler | None:
    """Return the handler of another built-in function; ``open`` is in ``paths``."""
    return _not_followed if name.startswith("builtins.") and name != "builtins.open" else None


LIBRARY = Library(
    "builtins", functions={f"builtins.{name}": handler for name, handler in _FUNCTIONS.items()}, find=_find
)
