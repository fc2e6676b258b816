"""The methods of Python's built-in types, over abstract values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.limits import MAX_ITEMS
from layoutlint.interpreter.core.outcomes import ProgramError
from layoutlint.interpreter.core.plain import MAX_TEXT, Bounded, has_rest, is_key, is_plain, through
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import OTHERS, Others, Rest, Unknown, Value
from layoutlint.interpreter.language.ordering import ordered


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
        return through(python_method)(site, Arguments(positional, arguments.keywords, arguments.open))
    return site.lost(f"the method {name} is not followed")


def _format(site: Site, template: str, arguments: Arguments) -> Value:
    values = (*arguments.positional, *arguments.keywords.values())
    if len(template) > MAX_TEXT or not all(isinstance(v, str | int | float | type(None)) for v in values):
        return site.lost("a text with an unknown part")
    if any(len(width) > 4 for width in re.findall(r"\d+", template)):
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
    order = ordered(site, Arguments((list(target),), arguments.keywords, arguments.open))
    target[:] = order if isinstance(order, list) else [Rest(Unknown())]
    return None


def _index(site: Site, target: list[Value], arguments: Arguments) -> Value:
    return through(target.index)(site, arguments) if is_plain(target) else site.lost("an index")


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
        through(target.count)(site, arguments) if is_plain(target) else site.lost("a count")
    ),
    "copy": _copy,
}


def _get(site: Site, target: dict[Any, Value], arguments: Arguments) -> Value:
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
