"""What ``container[key]`` is: of sequences, dictionaries, arrays and what is not followed."""

from __future__ import annotations

import ast
from dataclasses import replace
from types import EllipsisType
from typing import assert_never

from layoutlint.interpreter.core import arrays, library_objects
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.plain import is_key
from layoutlint.interpreter.core.scenarios import CHANNEL_AXES
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.unknown_keys import any_of, item_under
from layoutlint.interpreter.core.values import (
    MAX_NAME,
    OTHERS,
    BoundMethod,
    Choice,
    ClassValue,
    Decorated,
    Defaults,
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
    is_enum,
    is_tuple,
    one_of,
)
from layoutlint.interpreter.language import records
from layoutlint.interpreter.language.assignment import exact_slice
from layoutlint.interpreter.language.operators import PLAIN
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression
from layoutlint.model.syntax_text import written

MAX_JOINED = 200
"""An item of a longer sequence at an unknown place is not known at all."""


def item(site: Site, container: Value, key: Value) -> Value:
    """``container[key]``."""
    match container:
        case Tensor():
            return arrays.getitem(site, container, key)
        case list() | tuple() | str() | range():
            return _sequence_item(site.evaluator, container, key)
        case dict():
            return _dict_item(site, container, key)
        case LibraryObject():
            return library_objects.item(site, container, key)
        case Unknown():
            if not isinstance(key, PLAIN):
                return site.lost("an unknown item")
            part = container.part(f"[{_key_text(site, key)}]")
            # what stands beside archive["x"] is said of this item alone
            return replace(part, origin=site.origin) if isinstance(key, str) else part
        case Choice():
            return any_of(item(site, each, key) for each in container.alternatives)
        case Instance():
            if is_tuple(container):
                return _sequence_item(site.evaluator, records.tuple_items(container), key)
            owner, method = container.cls.find("__getitem__")
            if owner is not None:
                return site.call(BoundMethod(method, container), Arguments((key,)))
            return site.lost("an item of something unknown")
        case ClassValue():
            is_member = is_enum(container) and isinstance(key, str)
            return records.member(site.evaluator, container, str(key)) if is_member else container
        case External():
            return _external_item(site, container, key)
        case (
            bool()
            | int()
            | float()
            | complex()
            | bytes()
            | slice()
            | set()
            | frozenset()
            | EllipsisType()
            | None
        ):
            return site.lost("an item of a value without items")
        case Expression() | Ratio() | Rest() | Others() | FunctionValue() | ModuleValue() | Deferred():
            return site.lost("an item of something unknown")
        case Decorated() | BoundMethod() | NativeMethod() | Partial() | Super() | Native():
            return site.lost("an item of something unknown")
        case LayerValue() | ModelValue():
            return site.lost("an item of something unknown")
        case _:
            assert_never(container)


def _key_text(site: Site, key: Value) -> str:
    """Return a key by its value, so that ``shape[i]`` is another size in every round; a long one
    as written.
    """
    if isinstance(key, int | str) and len(repr(key)) <= MAX_NAME:
        return repr(key)
    assert isinstance(site.node, ast.Subscript)
    return written(site.node.slice)


def _dict_item(site: Site, container: dict[Value, Value], key: Value) -> Value:
    if isinstance(key, Choice):
        return any_of(_dict_item(site, container, each) for each in key.alternatives)
    place = key if is_key(key) else OTHERS
    missing = place not in container and OTHERS not in container
    if missing and isinstance(container, Defaults) and container.factory is not None:
        site.journal.touch(container)
        container[place] = site.call(container.factory, Arguments())
    if place is OTHERS:
        items = [item_under(site.journal, container, each) for each in container]
        return any_of(items) if items else Unknown(reason="an unknown key")
    if place in container or OTHERS in container:
        return item_under(site.journal, container, place if place in container else OTHERS)
    return site.lost(f"no key {key!r}")


def _external_item(site: Site, container: External, key: Value) -> Value:
    known = site.evaluator.registry.subscript(container.name)
    if known is not None:
        return known(site, key)
    if container.is_definite and _is_generic(container.name):
        return container
    return container.unknown().part(f"[{_key_text(site, key)}]")


def _is_generic(name: str) -> bool:
    """Tell whether something from outside is a class, whose items are types: ``List[int]``,
    ``list[int]``.

    A name in capitals alone is that of a constant.
    """
    last = name.rsplit(".", 1)[-1]
    return (last[:1].isupper() and not last.isupper()) or name.startswith(("builtins.", "typing."))


def _sequence_item(
    ev: Evaluator, container: list[Value] | tuple[Value, ...] | str | range, key: Value
) -> Value:
    match key:
        case int():
            return _numbered_item(container, key)
        case slice():
            place = exact_slice(key)
            if place is None or has_rest(container):
                return _some_of(ev, container)
            piece = container[place]
            return ev.journal.born(piece) if isinstance(piece, list) else piece
        case Choice():
            found = any_of(_sequence_item(ev, container, each) for each in key.alternatives)
            if isinstance(found, Choice) and CHANNEL_AXES.issuperset(key.alternatives):
                return Unknown(reason="the size of an axis that comes with a data format")
            return found
        case _ if isinstance(container, str | range) or not container or len(container) > MAX_JOINED:
            return Unknown(reason="an unknown item")
        case _:
            return any_of(_any_item(value.item) if isinstance(value, Rest) else value for value in container)


def _some_of(ev: Evaluator, container: list[Value] | tuple[Value, ...] | str | range) -> Value:
    """Return a slice of unknown length: any number of the items of a list."""
    if not isinstance(container, list) or not container or len(container) > MAX_JOINED:
        return Unknown(reason="a slice of unknown length")
    some: list[Value] = [Rest(any_of(map(one_of, container)))]
    return ev.journal.born(some)


def _numbered_item(container: list[Value] | tuple[Value, ...] | str | range, index: int) -> Value:
    if isinstance(container, str | range) or not has_rest(container):
        fits = -len(container) <= index < len(container)
        return container[index] if fits else Unknown(reason="no such item")
    rests = [place for place, value in enumerate(container) if isinstance(value, Rest)]
    if 0 <= index < rests[0] or rests[-1] - len(container) < index < 0:
        return container[index]
    if rests[0] != len(container) - 1:
        return Unknown(reason="an unknown item")
    return _any_item(one_of(container[-1]))


def _any_item(item: Value) -> Value:
    """Return one of the items that a :class:`Rest` stands for: what is not known of them may differ among
    them.
    """
    if not isinstance(item, Tensor) or item.shape is None:
        return item
    unknown = [sizes.is_nameless(axis.size) for axis in item.shape]
    if not any(unknown):
        return item
    axes = (
        axis.sized(sizes.unknown_size()) if is_unknown else axis
        for axis, is_unknown in zip(item.shape, unknown, strict=True)
    )
    return Tensor(Shape(axes), item.producer, item.origin, item.name)
