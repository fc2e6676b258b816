"""Python's built-in functions, over abstract values."""

from __future__ import annotations

import ast
import builtins as python
from collections.abc import Callable
from typing import Any

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.classes import TYPES, is_a
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.limits import MAX_ITEMS
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
from layoutlint.model.sizes import Expression, symbol

MAX_ROWS = 64
MAX_EXPRESSION = 500


def _not_followed(site: Site, arguments: Arguments) -> Value:
    return site.lost("a built-in function that is not followed")


def _len(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "obj")
    if isinstance(value, LibraryObject) and value.array is not None:
        value = value.array
    if isinstance(value, Tensor):
        if value.shape is not None and value.shape.rank:
            return value.shape[0].size
        return Unknown(f"{value.name}.shape[0]" if value.name else None)
    if isinstance(value, Unknown):
        return (value.like or value).part(".shape[0]") if value.name is None else _length_of(value)
    if has_rest(value):
        return site.lost("the length of a list that a loop fills")
    if isinstance(value, dict | set | frozenset) and OTHERS in value:
        return site.lost("the length of something with unknown keys")
    if isinstance(value, list | tuple | dict | str | set | range | bytes | frozenset):
        return len(value)
    if isinstance(value, Instance):
        owner, method = value.cls.find("__len__")
        if owner is not None and isinstance(method, FunctionValue):
            return site.call(BoundMethod(method, value), Arguments())
    return site.lost("the length of something unknown")


def _length_of(value: Unknown) -> Unknown:
    """``len(X)`` is ``X.shape[0]``, and the same size."""
    owner = value.like or value
    part = owner.part(".shape").part("[0]")
    return Unknown(f"len({owner.name})", part.origin, part.reason, part.serial, part.path)


def _range(site: Site, arguments: Arguments) -> Value:
    if arguments.positional and all(isinstance(value, int) for value in arguments.positional):
        try:
            return range(*arguments.positional)
        except (ValueError, TypeError):
            return site.lost("Python would raise here")
    # whatever it is, it is a whole number
    return [Rest(symbol("?", site.origin))]


def _slice(site: Site, arguments: Arguments) -> Value:
    """``slice(start, stop)``, known or not."""
    if not 1 <= len(arguments.positional) <= 3 or arguments.open:
        return site.lost("Python would raise here")
    return slice(*arguments.positional)


def _number(kind: type) -> Handler:
    def convert(site: Site, arguments: Arguments) -> Value:
        value = arguments.get(0, "x", 0)
        if isinstance(value, Choice):
            possible = [convert(site, Arguments((a,))) for a in value.alternatives]
            result = possible[0]
            for other in possible[1:]:
                result = join(result, other)
            return result
        if isinstance(value, Ratio):
            return sizes.floor_divide(value.numerator, value.denominator) if kind is int else value
        if isinstance(value, Expression):
            return value
        if isinstance(value, Unknown):
            if value.like is not None:
                return site.lost("an unknown number")
            at = value.origin or site.origin
            return value.size() if kind is int else symbol(value.name or "?", at)
        try:
            return kind(*arguments.positional) if is_plain(value) else site.lost("an unknown number")
        except Exception:
            return site.lost("Python would raise here")

    return convert


def _round(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "number")
    if isinstance(value, Expression):
        return value
    return through(round)(site, arguments)


def _extremum(choose: Callable[[Any, Any], Any], python_function: Callable[..., Any]) -> Handler:
    def run(site: Site, arguments: Arguments) -> Value:
        values = list(arguments.positional)
        if len(values) == 1:
            items = site.items(values[0])
            values = items if items is not None else [Rest(Unknown())]
        if not values or any(isinstance(value, Rest) for value in values):
            return site.lost("the largest or smallest of unknown values")
        if arguments.keywords.get("key") is not None:
            keys = keys_of(site, values, arguments.keywords["key"])
            if keys is None:
                return site.lost("the largest or smallest of unknown values")
            return values[python_function(range(len(values)), key=keys.__getitem__)]
        if all(isinstance(value, int | Expression) for value in values) and any(
            isinstance(value, Expression) for value in values
        ):
            result = values[0]
            for value in values[1:]:
                result = choose(result, value)
            return result
        return through(python_function)(site, Arguments((values,)))

    return run


def _sum(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    if items is not None and all(isinstance(item, int | Expression) for item in items):
        result: Any = arguments.get(1, "start", 0)
        for item in items:
            result = sizes.add(result, item)
        return result
    return through(sum)(site, arguments)


def _sequence(kind: type) -> Handler:
    def convert(site: Site, arguments: Arguments) -> Value:
        if not arguments.positional:
            return site.journal.born(kind())
        value = arguments.positional[0]
        items = site.items(value)
        if items is None:
            if isinstance(value, Unknown):
                return value
            return site.journal.born([Rest(Unknown())]) if kind is list else site.lost("unknown items")
        return site.journal.born(kind(items))

    return convert


def _set(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.positional[0]) if arguments.positional else []
    if items is not None and all(isinstance(item, str | int | float) for item in items):
        return site.journal.born(set(items))
    return site.lost("a set of unknown items")


def new_dict(site: Site, arguments: Arguments) -> Value:
    made: dict[Any, Value] = {}
    if arguments.positional:
        first = arguments.positional[0]
        if isinstance(first, dict):
            made.update(first)
        else:
            items = site.items(first)
            if items is None or not all(
                isinstance(i, tuple | list) and len(i) == 2 and is_key(i[0]) for i in items
            ):
                return site.lost("a dict of unknown items")
            made.update((item[0], item[1]) for item in items)
    made.update(arguments.keywords)
    return site.journal.born(made) if not arguments.open else site.lost("a dict of unknown items")


def _enumerate(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    start = arguments.get(1, "start", 0)
    place = symbol("?", site.origin)
    if items is None or not isinstance(start, int):
        return [Rest((place, site.element(arguments.get(0, "iterable"))))]
    return [
        Rest((place, item.item)) if isinstance(item, Rest) else (start + index, item)
        for index, item in enumerate(items)
    ]


def _zip(site: Site, arguments: Arguments) -> Value:
    if arguments.open:
        # zip(*rows): any number of columns
        return [Rest(Unknown())]
    columns = [site.items(value) for value in arguments.positional]
    if not columns:
        return []
    known = [column for column in columns if column is not None and not has_rest(column)]
    if len(known) == len(columns):
        return [tuple(row) for row in zip(*known, strict=False)]
    if known:
        # the shortest decides: rows up to the shortest known column may all exist
        shortest = min(len(column) for column in known)
        if shortest <= MAX_ROWS:
            return [tuple(_item_of(column, index) for column in columns) for index in range(shortest)]
    sure = min(MAX_ROWS, *(_first_rest(column) for column in columns))
    rows = [tuple(_item_of(column, index) for column in columns) for index in range(sure)]
    return [*rows, Rest(tuple(_item_of(column) for column in columns))]


def _first_rest(column: list[Value] | None) -> int:
    """How many items of a column are told apart."""
    if column is None:
        return 0
    return next((place for place, item in enumerate(column) if isinstance(item, Rest)), len(column))


def _item_of(column: list[Value] | None, index: int | None = None) -> Value:
    """An item of a column: the one at this place if that is known, else any further one."""
    if column is None:
        return Unknown()
    if index is not None and index < _first_rest(column):
        return column[index]
    return column[-1].item if column and isinstance(column[-1], Rest) else Unknown()


def _reversed(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "sequence"))
    return list(reversed(items)) if items is not None else [Rest(Unknown())]


def _map(site: Site, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return site.lost("map of unknown arguments")
    callee, *columns = arguments.positional
    rows = _zip(site, Arguments(tuple(columns)))
    found: list[Value] = []
    for row in rows[:MAX_ITEMS]:
        if isinstance(row, Rest):
            found.append(Rest(site.call(callee, Arguments(tuple(row.item)))))
        else:
            found.append(site.call(callee, Arguments(tuple(row))))
    return site.journal.born(found)


def _filter(site: Site, arguments: Arguments) -> Value:
    callee = arguments.get(0, "function")
    items = site.items(arguments.get(1, "iterable"))
    if items is None or has_rest(items):
        return [Rest(Unknown())]
    answers = [truth(item if callee is None else site.call(callee, Arguments((item,)))) for item in items]
    if None in answers:
        return [Rest(Unknown())]
    return site.journal.born([item for item, answer in zip(items, answers, strict=True) if answer])


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
    if isinstance(name, Choice) and all(isinstance(a, str) for a in name.alternatives):
        return site.choose([lambda a=a: get_attribute(site, target, a) for a in name.alternatives])  # type: ignore[misc]
    if not isinstance(name, str):
        return site.lost("an attribute of unknown name")
    missing = (
        isinstance(target, Instance) and name not in target.attributes and target.cls.find(name)[0] is None
    )
    if missing and arguments.has(2, "default") and target.native is None:
        return arguments.get(2, "default")
    return get_attribute(site, target, name)


def _hasattr(site: Site, arguments: Arguments) -> Value:
    target, name = arguments.get(0, "object"), arguments.get(1, "name")
    if isinstance(target, Instance) and isinstance(name, str):
        if name in target.attributes or target.cls.find(name)[0] is not None:
            return True
        if target.native is None and not target.cls.has_unknown_base and not target.cls.external_bases():
            return False
    if is_plain(target) and isinstance(name, str):
        return hasattr(target, name)
    return site.lost("whether something unknown has an attribute")


def _setattr(site: Site, arguments: Arguments) -> Value:
    name = arguments.get(1, "name")
    if isinstance(name, str):
        set_attribute(site.evaluator, arguments.get(0, "object"), name, arguments.get(2, "value"), site.scope)
    return None


def _vars(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "object")
    if isinstance(value, Instance):
        return value.attributes
    return site.lost("the attributes of something")


def _super(site: Site, arguments: Arguments) -> Value:
    owner, receiver = arguments.get(0, "type"), arguments.get(1, "object")
    if isinstance(owner, ClassValue) and isinstance(receiver, Instance | ClassValue):
        return Super(owner, receiver)
    return site.lost("super of something unknown")


def _type(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "object")
    if isinstance(value, Instance):
        return value.cls
    name = type(value).__name__
    if f"builtins.{name}" in TYPES:
        return External(f"builtins.{name}")
    return site.lost("the type of something unknown")


def _next(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "iterator")
    if isinstance(value, LibraryObject):
        value = site.items(value)
    if isinstance(value, list) and value:
        site.journal.touch(value)
        first = value[0]
        if isinstance(first, Rest):
            return first.item
        del value[0]
        return first
    return site.lost("the next of something unknown")


def _iter(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    return site.journal.born(items) if items is not None else arguments.get(0, "iterable")


def _evaluated(site: Site, arguments: Arguments) -> Value:
    """``eval("ReLU")``: a text that is known, evaluated as all the rest is: abstractly, where it stands."""
    text = arguments.get(0, "expression")
    if not isinstance(text, str) or len(text) > MAX_EXPRESSION or len(arguments.positional) > 1:
        return site.lost("a text that is evaluated when the program runs")
    try:
        expression = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return site.lost("a text that is no expression")
    for part in ast.walk(expression):
        if isinstance(part, ast.expr | ast.keyword):
            ast.copy_location(part, site.node)
    return site.eval(expression)


def leave(site: Site, arguments: Arguments) -> Value:
    raise ProgramError


def nothing(site: Site, arguments: Arguments) -> Value:
    return None


_FUNCTIONS: dict[str, Handler] = {
    "len": _len,
    "range": _range,
    "slice": _slice,
    "xrange": _range,
    "int": _number(int),
    "float": _number(float),
    "round": _round,
    "max": _extremum(sizes.maximum, max),
    "min": _extremum(sizes.minimum, min),
    "sum": _sum,
    "list": _sequence(list),
    "tuple": _sequence(tuple),
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
    **{
        name: through(getattr(python, name))
        for name in (
            "abs",
            "bool",
            "chr",
            "divmod",
            "ord",
            "pow",
            "repr",
            "str",
            "bin",
            "hex",
            "complex",
        )
        if name != "pow"
    },
}


def _find(name: str) -> Handler | None:
    """``builtins.name``; files are opened by those who know paths."""
    return _not_followed if name.startswith("builtins.") and name != "builtins.open" else None


LIBRARY = Library(
    "builtins", functions={f"builtins.{name}": handler for name, handler in _FUNCTIONS.items()}, find=_find
)
