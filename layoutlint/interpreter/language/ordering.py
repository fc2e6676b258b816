"""Sorting: the order of items whose keys are known."""

from __future__ import annotations

from typing import cast

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.extent import is_small
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.plain import is_plain
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import Rest, Unknown, Value, has_rest


def ordered(site: Site, arguments: Arguments) -> list[Value]:
    """Return the items of an iterable in order, as ``sorted`` gives them."""
    items, key = site.items(arguments.get(0, "iterable")), arguments.keywords.get("key")
    reverse = arguments.keywords.get("reverse", False)
    if items is None or has_rest(items) or not isinstance(reverse, bool):
        return [Rest(Unknown())]
    keys = keys_of(site, items, key)
    if keys is None:
        # the same items in an order that is not known
        joined = join_all(items) if items and is_small(items) else Unknown()
        return site.journal.born([joined for _ in items])
    order = sorted(range(len(items)), key=keys.__getitem__, reverse=reverse)
    return site.journal.born([items[index] for index in order])


def keys_of(site: Site, items: list[Value], key: Value) -> list[int] | None:
    """Return what items are ordered by; None where that is not known or cannot be ordered."""
    keys = items if key is None else [site.call(key, Arguments((item,))) for item in items]
    if not is_plain(keys):
        return None
    comparable = cast("list[int]", keys)  # which Python finds out
    try:
        sorted(comparable)
    except TypeError:
        return None
    return comparable
