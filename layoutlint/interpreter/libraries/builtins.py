"""Python's built-in functions and the methods of its built-in types, over abstract values."""

from __future__ import annotations

import ast
import builtins as python
from collections.abc import Callable
from typing import Any

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import MAX_ITEMS, ProgramError
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    OTHERS,
    BoundMethod,
    Choice,
    ClassValue,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    Others,
    Rest,
    Super,
    Unknown,
    Value,
    truth,
)
from layoutlint.model import sizes
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression, symbol

MAX_TEXT = 10_000
MAX_ROWS = 64
MAX_EXPRESSION = 500

BUILTINS = frozenset(name for name in dir(python) if not name.startswith("_")) | {
    "xrange",
    "unicode",
    "basestring",
}


def function(name: str) -> Handler | None:
    """What carries out ``builtins.name``."""
    if not name.startswith("builtins."):
        return None
    last = name.removeprefix("builtins.")
    if last == "open":
        return None  # files are read by those who know paths
    return _FUNCTIONS.get(last) or _unknown


def _unknown(site: Site, arguments: Arguments) -> Value:
    return site.lost("a built-in function that is not followed")


def is_plain(value: Value) -> bool:
    """Whether a value and all its parts are Python's own, so that Python itself may compute with it."""
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(map(is_plain, value.values())) and all(map(is_plain, value))
    return isinstance(value, int | float | complex | str | bytes | type(None) | range)


def has_rest(value: Value) -> bool:
    """Whether a sequence's length is unknown."""
    return isinstance(value, list | tuple) and any(isinstance(item, Rest) for item in value)


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
        from layoutlint.interpreter.language.expressions import Ratio

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
    return _through(round)(site, arguments)


def _through(python_function: Callable[..., Any]) -> Handler:
    """Python's own function, for arguments that are Python's own."""

    def run(site: Site, arguments: Arguments) -> Value:
        if arguments.open or not all(
            is_plain(v) for v in (*arguments.positional, *arguments.keywords.values())
        ):
            return site.lost("an argument is unknown")
        try:
            result = python_function(*arguments.positional, **arguments.keywords)
        except Exception:
            return site.lost("Python would raise here")
        if isinstance(result, str | list | tuple) and len(result) > MAX_TEXT:
            return site.lost("a very long value")
        return site.journal.born(result)

    return run


def _extremum(choose: Callable[[Any, Any], Any], python_function: Callable[..., Any]) -> Handler:
    def run(site: Site, arguments: Arguments) -> Value:
        values = list(arguments.positional)
        if len(values) == 1:
            items = site.items(values[0])
            values = items if items is not None else [Rest(Unknown())]
        if not values or any(isinstance(value, Rest) for value in values):
            return site.lost("the largest or smallest of unknown values")
        if arguments.keywords.get("key") is not None:
            keys = _keys(site, values, arguments.keywords["key"])
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
        return _through(python_function)(site, Arguments((values,)))

    return run


def _sum(site: Site, arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    if items is not None and all(isinstance(item, int | Expression) for item in items):
        result: Any = arguments.get(1, "start", 0)
        for item in items:
            result = sizes.add(result, item)
        return result
    return _through(sum)(site, arguments)


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


def _dict(site: Site, arguments: Arguments) -> Value:
    from layoutlint.interpreter.core.arrays import is_key

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


def _sorted(site: Site, arguments: Arguments) -> Value:
    items, key = site.items(arguments.get(0, "iterable")), arguments.keywords.get("key")
    reverse = arguments.keywords.get("reverse", False)
    if items is None or has_rest(items) or not isinstance(reverse, bool):
        return [Rest(Unknown())]
    keys = _keys(site, items, key)
    if keys is None:
        # the same items in an order that is not known
        joined = items[0] if items else Unknown()
        for item in items[1:]:
            joined = join(joined, item)
        return site.journal.born([joined for _ in items])
    order = sorted(range(len(items)), key=keys.__getitem__, reverse=reverse)
    return site.journal.born([items[index] for index in order])


def _keys(site: Site, items: list[Value], key: Value) -> list[Any] | None:
    """What items are ordered by; None where that is not known or cannot be ordered."""
    keys = items if key is None else [site.call(key, Arguments((item,))) for item in items]
    if not is_plain(keys):
        return None
    try:
        sorted(keys)
    except TypeError:
        return None
    return keys


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


_TYPES: dict[str, Any] = {
    "builtins.int": int,
    "builtins.float": float,
    "builtins.str": str,
    "builtins.unicode": str,
    "builtins.basestring": str,
    "builtins.bool": bool,
    "builtins.list": list,
    "builtins.tuple": tuple,
    "builtins.dict": dict,
    "builtins.set": set,
    "numbers.Number": (int, float),
    "collections.abc.Iterable": (list, tuple, dict, set, str),
    "collections.Iterable": (list, tuple, dict, set, str),
    "typing.Iterable": (list, tuple, dict, set, str),
    "collections.abc.Sequence": (list, tuple, str),
    "collections.abc.Mapping": dict,
}


def _isinstance(site: Site, arguments: Arguments) -> Value:
    value, kinds = arguments.get(0, "obj"), arguments.get(1, "class_or_tuple")
    answers = {is_a(value, kind) for kind in (kinds if isinstance(kinds, tuple) else (kinds,))}
    if True in answers:
        return True
    return site.lost("the type of something unknown") if None in answers else False


def is_a(value: Value, kind: Value) -> bool | None:
    if isinstance(value, Unknown | Expression | Choice):
        return None
    if isinstance(kind, External):
        known = _TYPES.get(kind.name)
        if known is not None:
            return isinstance(value, known)
        if isinstance(value, Instance):
            if kind.name in value.cls.external_bases():
                return True
            return None if value.cls.external_bases() else False
        if isinstance(value, LayerValue):
            name = kind.name.rsplit(".", 1)[-1]
            return name in ("Layer", value.layer.class_name)
        if isinstance(value, ModelValue):
            return kind.name in ("keras.Model", "keras.layers.Layer") or kind.name.endswith(value.class_name)
        if is_plain(value) or isinstance(value, dict | list | tuple):
            return False
        return None
    if isinstance(kind, ClassValue):
        return isinstance(value, Instance) and any(ancestor is kind for ancestor in value.cls.ancestors())
    return None


def _getattr(site: Site, arguments: Arguments) -> Value:
    from layoutlint.interpreter.language.attributes import get_attribute

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
    from layoutlint.interpreter.language.attributes import set_attribute

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
    if f"builtins.{name}" in _TYPES:
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


def _leave(site: Site, arguments: Arguments) -> Value:
    raise ProgramError


def _nothing(site: Site, arguments: Arguments) -> Value:
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
    "dict": _dict,
    "enumerate": _enumerate,
    "zip": _zip,
    "reversed": _reversed,
    "sorted": _sorted,
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
    "print": _nothing,
    "eval": _evaluated,
    "exit": _leave,
    "quit": _leave,
    **{
        name: _through(getattr(python, name))
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


# ---------------------------------------------------------------------- methods


def method(site: Site, receiver: Value, name: str, arguments: Arguments) -> Value:
    """``receiver.name(…)`` for a list, dict, set, string or tuple."""
    if isinstance(receiver, list) and name in _LIST_METHODS:
        return _LIST_METHODS[name](site, receiver, arguments)
    if isinstance(receiver, dict) and name in _DICT_METHODS:
        return _DICT_METHODS[name](site, receiver, arguments)
    if isinstance(receiver, set) and name in ("add", "update", "discard", "remove"):
        site.journal.touch(receiver)
        items = (
            [arguments.get(0, "x")]
            if name in ("add", "discard", "remove")
            else site.items(arguments.get(0, "x"))
        )
        known = [item for item in items or [OTHERS] if isinstance(item, str | int | float | Others)]
        if name in ("add", "update") and len(known) < len(items or []):
            known.append(OTHERS)
        receiver.update(known) if name in ("add", "update") else receiver.difference_update(known)
        return None
    if isinstance(receiver, set):
        site.journal.touch(receiver)
        if name == "clear" or (name == "pop" and len(receiver) > 1) or name.endswith("_update"):
            # which items are left is not known, or not worth knowing
            receiver.clear()
            receiver.update([OTHERS] if name != "clear" else [])
            return site.lost("an item of a set") if name == "pop" else None
    if isinstance(receiver, str) and name == "format":
        return _format(site, receiver, arguments)
    if (
        isinstance(receiver, str | bytes | tuple | set | frozenset)
        and is_plain(receiver)
        and not name.startswith("_")
    ):
        bounded = name in ("ljust", "rjust", "center", "zfill", "expandtabs", "replace")
        if bounded and any(isinstance(v, int) and v > MAX_TEXT for v in arguments.positional):
            return site.lost("a very long text")
        python_method = getattr(receiver, name, None)
        if python_method is None:
            return site.lost(f"no method {name}")
        positional = tuple(
            items if isinstance(v, list | tuple) and (items := site.items(v)) is not None else v
            for v in arguments.positional
        )
        return _through(python_method)(site, Arguments(positional, arguments.keywords, arguments.open))
    return site.lost(f"the method {name} is not followed")


def _format(site: Site, template: str, arguments: Arguments) -> Value:
    values = (*arguments.positional, *arguments.keywords.values())
    if len(template) > MAX_TEXT or not all(isinstance(v, str | int | float | type(None)) for v in values):
        return site.lost("a text with an unknown part")
    import re

    if any(len(width) > 4 for width in re.findall(r"\d+", template)):
        return site.lost("a very long text")
    return _through(template.format)(site, arguments)


def _append(site: Site, target: list[Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    if len(target) < MAX_ITEMS:
        target.append(arguments.get(0, "object"))
    if isinstance(target, Bounded):
        target.forget()
    return None


def _extend(site: Site, target: list[Value], arguments: Arguments) -> Value:
    items = site.items(arguments.get(0, "iterable"))
    site.journal.touch(target)
    target.extend(items if items is not None else [Rest(Unknown())])
    if isinstance(target, Bounded):
        target.forget()
    return None


def _insert(site: Site, target: list[Value], arguments: Arguments) -> Value:
    index = arguments.get(0, "index")
    site.journal.touch(target)
    if isinstance(index, int) and (index == 0 or not has_rest(target)):
        target.insert(index, arguments.get(1, "object"))
    else:
        target[:] = [Rest(Unknown())]
    return None


def _list_pop(site: Site, target: list[Value], arguments: Arguments) -> Value:
    index = arguments.get(0, "index", -1)
    site.journal.touch(target)
    if isinstance(index, int) and not has_rest(target) and -len(target) <= index < len(target):
        return target.pop(index)
    return site.lost("an item of a list of unknown length")


def _pop_left(site: Site, target: list[Value], arguments: Arguments) -> Value:
    return _list_pop(site, target, Arguments((0,)))


def _append_left(site: Site, target: list[Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    target.insert(0, arguments.get(0, "x"))
    if isinstance(target, Bounded) and target.most is not None and len(target) > target.most:
        target[:] = [Rest(Unknown())] if has_rest(target) else target[:-1]
    return None


def _remake(change: Callable[[list[Value]], Any]) -> Any:
    def run(site: Site, target: list[Value], arguments: Arguments) -> Value:
        site.journal.touch(target)
        if has_rest(target):
            target[:] = [Rest(Unknown())]
        else:
            try:
                change(target)
            except TypeError:
                target[:] = [Rest(Unknown())]
        return None

    return run


def _sort(site: Site, target: list[Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    ordered = _sorted(site, Arguments((list(target),), arguments.keywords, arguments.open))
    target[:] = ordered if isinstance(ordered, list) else [Rest(Unknown())]
    return None


def _index(site: Site, target: list[Value], arguments: Arguments) -> Value:
    return _through(target.index)(site, arguments) if is_plain(target) else site.lost("an index")


def _copy(site: Site, target: Any, arguments: Arguments) -> Value:
    return site.journal.born(target.copy())


def _clear(site: Site, target: Any, arguments: Arguments) -> Value:
    site.journal.touch(target)
    target.clear()
    return None


def _remove(site: Site, target: list[Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    value = arguments.get(0, "value")
    if is_plain(target) and is_plain(value):
        if value not in target:
            raise ProgramError
        target.remove(value)
    elif any(item is value for item in target) and not has_rest(target):
        del target[next(index for index, item in enumerate(target) if item is value)]
    else:
        target[:] = [Rest(Unknown())]
    return None


_LIST_METHODS: dict[str, Any] = {
    "append": _append,
    "extend": _extend,
    "insert": _insert,
    "pop": _list_pop,
    "popleft": _pop_left,
    "appendleft": _append_left,
    "reverse": _remake(list.reverse),
    "sort": _sort,
    "clear": _clear,
    "remove": _remove,
    "index": _index,
    "count": lambda site, target, arguments: (
        _through(target.count)(site, arguments) if is_plain(target) else site.lost("a count")
    ),
    "copy": _copy,
}


def _get(site: Site, target: dict[Any, Value], arguments: Arguments) -> Value:
    from layoutlint.interpreter.core.arrays import is_key

    key = arguments.get(0, "key")
    if not is_key(key):
        result = arguments.get(1, "default")
        for value in target.values():
            result = join(result, value)
        return result
    if key in target:
        return target[key]
    default = arguments.get(1, "default")
    return join(target[OTHERS], default) if OTHERS in target else default


def _dict_pop(site: Site, target: dict[Any, Value], arguments: Arguments) -> Value:
    value = _get(site, target, arguments)
    key = arguments.get(0, "key")
    site.journal.touch(target)
    if isinstance(key, str | int | tuple):
        target.pop(key, None)
    return value


def _setdefault(site: Site, target: dict[Any, Value], arguments: Arguments) -> Value:
    key = arguments.get(0, "key")
    if isinstance(key, str | int):
        site.journal.touch(target)
        return target.setdefault(key, arguments.get(1, "default"))
    return site.lost("an unknown key")


def _update(site: Site, target: dict[Any, Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    other = arguments.get(0, "other", {})
    if isinstance(other, dict):
        target.update(other)
    elif other is not None:
        for key in list(target):
            target[key] = join(target[key], Unknown())
        target.setdefault(OTHERS, Unknown())
    target.update(arguments.keywords)
    return None


def _popitem(site: Site, target: dict[Any, Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    if not target or OTHERS in target:
        return site.lost("the last item of a dict of unknown items")
    return target.popitem()


_DICT_METHODS: dict[str, Any] = {
    "get": _get,
    "pop": _dict_pop,
    "setdefault": _setdefault,
    "clear": _clear,
    "popitem": _popitem,
    "update": _update,
    "keys": lambda site, target, arguments: site.items(target),
    "values": lambda site, target, arguments: [
        Rest(value) if key is OTHERS else value for key, value in target.items()
    ],
    "items": lambda site, target, arguments: [
        Rest((Unknown(), value)) if key is OTHERS else (key, value) for key, value in target.items()
    ],
    "copy": _copy,
}
