"""Assignment: binding names, attributes, items and patterns of them to values."""

from __future__ import annotations

import ast
from dataclasses import replace

from layoutlint.inference.labels import forget
from layoutlint.interpreter.core import array_items, library_objects
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.values import OTHERS, Choice, LibraryObject, Rest, Scope, Unknown, Value
from layoutlint.interpreter.language.attributes import set_attribute
from layoutlint.model.graph import Tensor


def assign(ev: Evaluator, target: ast.expr, value: Value, scope: Scope) -> None:
    """Bind a target (a name, attribute, item or a pattern of them) to a value."""
    if isinstance(target, ast.Name):
        if isinstance(value, Unknown):
            value = value.named(target.id, ev.origin(target, scope))
        elif isinstance(value, Tensor) and value.name is None and value.producer is None:
            value = replace(value, name=target.id)
        elif isinstance(value, LibraryObject):
            library_objects.give_name(ev, value, target.id)
        bind(ev, target.id, value, scope)
    elif isinstance(target, ast.Tuple | ast.List):
        _unpack(ev, target.elts, value, scope)
    elif isinstance(target, ast.Starred):
        assign(ev, target.value, value, scope)
    elif isinstance(target, ast.Attribute):
        set_attribute(ev, ev.eval(target.value, scope), target.attr, value, scope)
    elif isinstance(target, ast.Subscript):
        container, key = ev.eval(target.value, scope), ev.eval(target.slice, scope)
        if isinstance(container, Tensor):
            array_items.note(ev, container, key, value, target, scope)
        _set_item(ev, container, key, value)


def bind(ev: Evaluator, name: str, value: Value, scope: Scope) -> None:
    """Bind a name in the scope that it belongs to."""
    if name in scope.global_names and scope.module is not None:
        scope = scope.module.scope
    elif name in scope.nonlocal_names:
        outer = scope.outer
        while outer is not None and name not in outer.variables:
            outer = outer.outer
        scope = outer or scope
    ev.journal.touch(scope.variables)
    scope.variables[name] = value


def _unpack(ev: Evaluator, targets: list[ast.expr], value: Value, scope: Scope) -> None:
    if isinstance(value, Choice):
        value = next(
            (a for a in value.alternatives if isinstance(a, tuple | list) and len(a) == len(targets)),
            value,
        )
    items = ev.items(value)
    starred = next((i for i, target in enumerate(targets) if isinstance(target, ast.Starred)), None)
    known = items is not None and not any(isinstance(item, Rest) for item in items)
    if known and items is not None and starred is not None and len(items) >= len(targets) - 1:
        behind = len(targets) - starred - 1
        middle = items[starred : len(items) - behind]
        items = [*items[:starred], ev.journal.born(list(middle)), *items[len(items) - behind :]]
    if known and items is not None and len(items) == len(targets):
        for target, known_item in zip(targets, items, strict=True):
            assign(ev, target, known_item, scope)
        return
    for index, target in enumerate(targets):
        if isinstance(value, Unknown) and value.name is not None and not isinstance(target, ast.Starred):
            item: Value = value.part(f"[{index}]")
        elif isinstance(target, ast.Starred):
            item = ev.journal.born([Rest(Unknown())])
        else:
            item = Unknown(None, ev.origin(target, scope), "unpacked from something unknown")
        assign(ev, target, item, scope)


def _set_item(ev: Evaluator, container: Value, key: Value, value: Value) -> None:
    if isinstance(container, LibraryObject):
        library_objects.set_item(ev, container, key, value)
    elif isinstance(container, Tensor):
        forget(container)
    elif isinstance(container, dict):
        ev.journal.touch(container)
        if isinstance(key, str | int | float | bool | tuple | type(None)) and is_hashable(key):
            container[key] = value
        else:
            for name in list(container):
                container[name] = join(container[name], value)
            container.setdefault(OTHERS, value)
    elif isinstance(container, list):
        ev.journal.touch(container)
        if (
            isinstance(key, int)
            and -len(container) <= key < len(container)
            and not any(isinstance(item, Rest) for item in container)
        ):
            container[key] = value
        elif isinstance(key, slice) and is_exact_slice(container, key) and isinstance(value, list | tuple):
            try:
                container[key] = value
            except ValueError:
                container[:] = [Rest(Unknown())]
        else:
            container[:] = [Rest(Unknown())] if container else container


def is_hashable(key: Value) -> bool:
    """Whether a value can be a key of a dict."""
    try:
        hash(key)
    except TypeError:
        return False
    return True


def is_exact_slice(container: list[Value], key: Value) -> bool:
    """Whether a slice means items of a list that are known one by one."""
    return (
        isinstance(key, slice)
        and all(part is None or isinstance(part, int) for part in (key.start, key.stop, key.step))
        and not any(isinstance(item, Rest) for item in container)
    )
