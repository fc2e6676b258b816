"""The methods of Python's built-in types, over abstract values."""

from __future__ import annotations

from collections.abc import Callable

from layoutlint.interpreter.core import tensor_shapes
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.extent import is_wide, is_wide_number, joined
from layoutlint.interpreter.core.limits import MAX_ITEMS, MAX_TEXT
from layoutlint.interpreter.core.outcomes import ProgramError
from layoutlint.interpreter.core.plain import Bounded, is_key, is_plain, through
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.unknown_keys import any_of, item_under, put_all
from layoutlint.interpreter.core.values import OTHERS, Others, Rest, Unknown, Value, any_number, has_rest
from layoutlint.interpreter.language.ordering import ordered

MAX_MADE = 1_000_000
"""The most characters of a text that Python makes, only for it to be found too long."""


def method(site: Site, receiver: Value, name: str, arguments: Arguments) -> Value:
    """``receiver.name(…)`` for a list, dict, set, string or tuple."""
    match receiver:
        case list() if name in _LIST_METHODS:
            return _LIST_METHODS[name](site, receiver, arguments)
        case dict() if name in _DICT_METHODS:
            return _DICT_METHODS[name](site, receiver, arguments)
        case set() if name in ("add", "update", "discard", "remove"):
            return _change_set(site, receiver, name, arguments)
        case set() if name == "clear" or (name == "pop" and len(receiver) > 1) or name.endswith("_update"):
            # which items are left is not known, or not worth knowing
            site.journal.touch(receiver)
            receiver.clear()
            receiver.update([OTHERS] if name != "clear" else [])
            return site.lost("an item of a set") if name == "pop" else None
        case str() if name == "format":
            return _format(site, receiver, arguments)
        case tuple() if name in tensor_shapes.METHODS:
            return tensor_shapes.METHODS[name](site, receiver, arguments)
        case str() | bytes() | tuple() | set() | frozenset() if is_plain(receiver) and name[:1] != "_":
            if isinstance(receiver, set):
                site.journal.touch(receiver)
            return _of_python(site, receiver, name, arguments)
        case _:
            return site.lost(f"the method {name} is not followed")


def _change_set(site: Site, receiver: set[Value], name: str, arguments: Arguments) -> Value:
    given = arguments.get(0, "x")
    items = site.items(given) if name == "update" else [given]
    known: list[Value] = [item for item in items or [OTHERS] if isinstance(item, str | int | float | Others)]
    site.journal.touch(receiver)
    if name in ("add", "update"):
        receiver.update(known)
        if len(known) < len(items or []):
            receiver.add(OTHERS)
    else:
        receiver.difference_update(known)
    return None


def _of_python(site: Site, receiver: Value, name: str, arguments: Arguments) -> Value:
    """Return a method of Python's own, for a receiver whose parts are all known."""
    if isinstance(receiver, str | bytes) and _length(receiver, name, arguments) > MAX_MADE:
        return site.lost("a very long text")
    python_method: Callable[..., Value] | None = getattr(receiver, name, None)
    if python_method is None:
        return site.lost(f"no method {name}")
    return through(python_method)(site, arguments)


def _length(receiver: str | bytes, name: str, arguments: Arguments) -> int:
    """At most how long the text is that a method makes."""
    given = (*arguments.positional, *arguments.keywords.values())
    widths = [abs(value) for value in given if isinstance(value, int)]
    texts = [len(value) for value in given if isinstance(value, str | bytes)]
    match name:
        case "ljust" | "rjust" | "center" | "zfill":
            return max(widths, default=0)
        case "expandtabs":
            return len(receiver) * max(widths, default=8)
        case "replace":
            return (len(receiver) + 1) * max([1, *texts])
        case "translate":
            tables = [value for value in given if isinstance(value, dict)]
            return len(receiver) * max(
                [1, *(len(text) for table in tables for text in table.values() if isinstance(text, str))]
            )
        case "join":
            items = given[0] if given and isinstance(given[0], list | tuple | set | frozenset | dict) else ()
            inside = sum(len(item) for item in items if isinstance(item, str | bytes))
            return inside + len(receiver) * len(items)
        case _:
            return 0


def _format(site: Site, template: str, arguments: Arguments) -> Value:
    values = (*arguments.positional, *arguments.keywords.values())
    if len(template) > MAX_TEXT or not all(isinstance(v, str | int | float | type(None)) for v in values):
        return site.lost("a text with an unknown part")
    if is_wide(template) or (
        "{" in template.replace("{{", "").partition("{")[2].partition("}")[0]
        and any(map(is_wide_number, values))
    ):
        return site.lost("a very long text")
    if template.count("{") * max([len(v) for v in values if isinstance(v, str)], default=0) > MAX_MADE:
        return site.lost("a very long text")
    return through(template.format)(site, arguments)


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
    target[:] = joined([target, items if items is not None else any_number()])
    if isinstance(target, Bounded):
        target.forget()
    return None


def _insert(site: Site, target: list[Value], arguments: Arguments) -> Value:
    index = arguments.get(0, "index")
    site.journal.touch(target)
    if isinstance(index, int) and (index == 0 or not has_rest(target)):
        target.insert(index, arguments.get(1, "object"))
    else:
        target[:] = any_number()
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
        target[:] = any_number() if has_rest(target) else target[:-1]
    return None


def _reverse(site: Site, target: list[Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    target[:] = any_number() if has_rest(target) else target[::-1]
    return None


def _sort(site: Site, target: list[Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    target[:] = ordered(site, Arguments((list(target),), arguments.keywords, arguments.open))
    return None


def _index(site: Site, target: list[Value], arguments: Arguments) -> Value:
    return through(target.index)(site, arguments) if is_plain(target) else site.lost("an index")


def _copy(site: Site, target: list[Value] | dict[Value, Value], arguments: Arguments) -> Value:
    return site.journal.born(target.copy())


def _clear(site: Site, target: list[Value] | dict[Value, Value], arguments: Arguments) -> Value:
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
        target[:] = any_number()
    return None


_LIST_METHODS: dict[str, Callable[[Site, list[Value], Arguments], Value]] = {
    "append": _append,
    "extend": _extend,
    "insert": _insert,
    "pop": _list_pop,
    "popleft": _pop_left,
    "appendleft": _append_left,
    "reverse": _reverse,
    "sort": _sort,
    "clear": _clear,
    "remove": _remove,
    "index": _index,
    "count": lambda site, target, arguments: (
        through(target.count)(site, arguments) if is_plain(target) else site.lost("a count")
    ),
    "copy": _copy,
}


def _get(site: Site, target: dict[Value, Value], arguments: Arguments) -> Value:
    key = arguments.get(0, "key")
    default = arguments.get(1, "default")
    if not is_key(key):
        return any_of([default, *(item_under(site.journal, target, each) for each in target)])
    if key in target:
        return target[key]
    return any_of([item_under(site.journal, target, OTHERS), default]) if OTHERS in target else default


def _dict_pop(site: Site, target: dict[Value, Value], arguments: Arguments) -> Value:
    value = _get(site, target, arguments)
    key = arguments.get(0, "key")
    site.journal.touch(target)
    if is_key(key):
        target.pop(key, None)
    return value


def _setdefault(site: Site, target: dict[Value, Value], arguments: Arguments) -> Value:
    key = arguments.get(0, "key")
    place = key if is_key(key) else OTHERS
    if place not in target:
        site.journal.touch(target)
        target[place] = arguments.get(1, "default")
    places = [place] if place is not OTHERS else list(target)
    return any_of(item_under(site.journal, target, each) for each in places)


def _update(site: Site, target: dict[Value, Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    for given in arguments.positional:
        if given is not None:
            put_all(target, given)
    if arguments.open:
        put_all(target, Unknown())
    target.update(arguments.keywords)
    return None


def _popitem(site: Site, target: dict[Value, Value], arguments: Arguments) -> Value:
    site.journal.touch(target)
    if not target or OTHERS in target:
        return site.lost("the last item of a dict of unknown items")
    return target.popitem()


def _values(site: Site, target: dict[Value, Value], arguments: Arguments) -> Value:
    found = {key: item_under(site.journal, target, key) for key in target}
    return [Rest(value) if key is OTHERS else value for key, value in found.items()]


def _items(site: Site, target: dict[Value, Value], arguments: Arguments) -> Value:
    found = {key: item_under(site.journal, target, key) for key in target}
    return [Rest((Unknown(), value)) if key is OTHERS else (key, value) for key, value in found.items()]


_DICT_METHODS: dict[str, Callable[[Site, dict[Value, Value], Arguments], Value]] = {
    "get": _get,
    "pop": _dict_pop,
    "setdefault": _setdefault,
    "clear": _clear,
    "popitem": _popitem,
    "update": _update,
    "keys": lambda site, target, arguments: site.items(target),
    "values": _values,
    "items": _items,
    "copy": _copy,
}
