"""Assignment: binding names, attributes, items and patterns of them to values."""

from __future__ import annotations

import ast
from functools import partial

from msgspec.structs import replace

from layoutlint.inference.labels import labels_of, way
from layoutlint.interpreter.core import array_items, library_objects
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.extent import joined
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.plain import is_key
from layoutlint.interpreter.core.ranks import of_rank
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import (
    OTHERS,
    Choice,
    LibraryObject,
    Scope,
    Unknown,
    Value,
    any_number,
    has_rest,
)
from layoutlint.interpreter.language.attributes import set_attribute
from layoutlint.model import sizes
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression


def assign(ev: Evaluator, target: ast.expr, value: Value, scope: Scope) -> None:
    """Bind a target (a name, attribute, item or a pattern of them) to a value."""
    match target:
        case ast.Name(name):
            bind(ev, name, _named(ev, value, target, scope), scope)
        case ast.Tuple(targets) | ast.List(targets):
            _unpack(ev, targets, value, scope)
        case ast.Starred(inner):
            assign(ev, inner, value, scope)
        case ast.Attribute(owner, name):
            set_attribute(ev, ev.eval(owner, scope), name, value, scope)
        case ast.Subscript():
            container, key = ev.eval(target.value, scope), ev.eval(target.slice, scope)
            if isinstance(container, Tensor):
                array_items.note(ev, container, key, value, target, scope)
            _set_item(ev, container, key, value)


def _named(ev: Evaluator, value: Value, target: ast.Name, scope: Scope) -> Value:
    """Return a value under the name of the variable that it is assigned to, if it had none."""
    match value:
        case Unknown():
            return value.named(target.id, ev.origin(target, scope))
        case Expression():
            return sizes.named(value, target.id)
        case Tensor(name=None, producer=None):
            return replace(value, name=target.id)
        case LibraryObject():
            library_objects.give_name(ev, value, target.id)
            return value
        case _:
            return value


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
        fitting = (a for a in value.alternatives if isinstance(a, tuple | list) and len(a) == len(targets))
        value = next(fitting, value)
    items = spread(ev, ev.items(value), [isinstance(target, ast.Starred) for target in targets])
    if items is not None:
        for target, known_item in zip(targets, items, strict=True):
            assign(ev, target, known_item, scope)
        return
    for index, target in enumerate(targets):
        item: Value
        if isinstance(target, ast.Starred):
            item = ev.journal.born(any_number())
        elif isinstance(value, Unknown) and value.name is not None:
            item = value.part(f"[{index}]")
        else:
            item = Unknown(None, ev.origin(target, scope), "unpacked from something unknown")
        assign(ev, target, item, scope)
    if isinstance(value, Unknown) and not any(isinstance(target, ast.Starred) for target in targets):
        _tell_rank(ev, value, [getattr(target, "id", "") for target in targets], scope)


def _tell_rank(ev: Evaluator, shape: Unknown, names: list[str], scope: Scope) -> None:
    """Give the variables that hold an unknown array as many axes as its shape was unpacked into names.

    Python refuses to unpack it into any other number of them.
    """
    array = shape.owner("shape")
    if array.path == shape.path:
        return
    told = of_rank(array, len(names), names)
    for name, value in [*scope.variables.items()]:
        if isinstance(value, Unknown) and (value.like or value).is_same(array):
            # what is only like it holds other values
            bind(ev, name, told if value.like is None else replace(told), scope)


def spread(ev: Evaluator, items: list[Value] | None, starred: list[bool]) -> list[Value] | None:
    """Items for as many places, a list of those between the others for a place with a star; None where
    they do not fit for sure.
    """
    if items is None or has_rest(items):
        return None
    if True in starred and len(items) >= len(starred) - 1:
        first = starred.index(True)
        last = len(items) - (len(starred) - first - 1)
        items = [*items[:first], ev.journal.born(items[first:last]), *items[last:]]
    return items if len(items) == len(starred) else None


def _set_item(ev: Evaluator, container: Value, key: Value, value: Value) -> None:
    match container:
        case Choice(alternatives):
            ev.choose([partial(_set_item, ev, each, key, value) for each in alternatives])
        case LibraryObject():
            _forget_values(ev, container.array)
            library_objects.set_item(ev, container, key, value)
        case Tensor():
            _forget_values(ev, container)
        case Unknown() if (array := array_of(value)) is None or array.shape is None or array.shape.rank > 1:
            ev.holding_arrays.add(container.serial)
        case dict():
            ev.journal.touch(container)
            if is_key(key):
                container[key] = value
            else:
                container.update({name: join(known, value) for name, known in container.items()})
                container.setdefault(OTHERS, value)
        case list():
            ev.journal.touch(container)
            ev.charge(1 if isinstance(key, int) else len(container))
            _set_list_item(container, key, value)
        case _:
            pass  # what others hold is not followed


def _forget_values(ev: Evaluator, array: Tensor | None) -> None:
    """Forget how many classes an array's labels have, and what its values are: the program sets items."""
    if array is None:
        return
    for step in way(array):
        if step.producer is not None:
            step.producer.stored_into = True
    labels = labels_of(array)
    if labels is not None:
        ev.journal.touch(labels)
        labels.count = None


def _set_list_item(container: list[Value], key: Value, value: Value) -> None:
    match key, value:
        case int(), _ if -len(container) <= key < len(container) and not has_rest(container):
            container[key] = value
        case slice(), (list() | tuple()) if (place := exact_slice(key)) and not has_rest(container):
            try:
                container[place] = value
            except ValueError:
                container[:] = any_number()
            container[:] = joined([container])
        case _:
            container[:] = any_number() if container else container


def exact_slice(key: Value) -> slice[int | None, int | None, int | None] | None:
    """Return a slice whose bounds are known numbers; None for any other."""
    match key:
        case slice(start=int() | None as start, stop=int() | None as stop, step=int() | None as step):
            return slice(start, stop, step)
        case _:
            return None
