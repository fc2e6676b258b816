"""Objects of classes from outside the program: what a program does with them, by their kind.

An object counts as an array where one is wanted (see
:class:`~layoutlint.interpreter.core.values.LibraryObject`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, NativeMethod, Unknown, Value
from layoutlint.model.graph import Tensor
from layoutlint.model.syntax_text import written

if TYPE_CHECKING:
    from layoutlint.interpreter.core.evaluator import Evaluator


def method(site: Site, receiver: LibraryObject, name: str, arguments: Arguments) -> Value:
    """``receiver.name(…)``."""
    registry = site.evaluator.registry
    registry.observe(site, f"{receiver.kind}.{name}", arguments)
    known = registry.kind(receiver.kind).method
    if known is not None:
        return known(site, receiver, name, arguments)
    function = registry.function(f"{receiver.kind}.{name}")
    if function is not None:
        return function(site, arguments)
    return site.lost(f"{name} of a {receiver.kind} is not known")


def attribute(site: Site, receiver: LibraryObject, name: str) -> Value:
    """``receiver.name`` that is not called, or a method of it."""
    fields = receiver.state.get("fields")
    if isinstance(fields, dict) and name in fields:
        return fields[name]
    known = site.evaluator.registry.kind(receiver.kind).attribute
    found = known(site, receiver, name) if known is not None else None
    return NativeMethod(receiver, name) if found is None else found


def item(site: Site, receiver: LibraryObject, key: Value) -> Value:
    """``receiver[key]``."""
    fields = receiver.state.get("fields")
    if isinstance(fields, dict) and isinstance(key, str) and key in fields:
        return fields[key]
    known = site.evaluator.registry.kind(receiver.kind).item
    if known is not None:
        return known(site, receiver, key)
    if receiver.array is not None:
        return arrays.getitem(site, receiver.array, key)
    if receiver.kind == arrays.LIST:
        return Unknown(written(site.node)[:60], site.origin, "an item of a list")
    return site.lost(f"an item of a {receiver.kind}")


def items(ev: Evaluator, receiver: LibraryObject) -> list[Value] | None:
    """Return what a loop over the object meets; None where nothing is known."""
    known = ev.registry.kind(receiver.kind).items
    if known is not None:
        return known(ev, receiver)
    if receiver.array is not None and receiver.array.shape is not None and receiver.array.shape.rank:
        return arrays.iterate_tensor(receiver.array)
    return None


def operator(site: Site, sign: str, left: Value, right: Value) -> Value:
    """``left sign right`` where one of them is a library's object."""
    for operand in (left, right):
        if isinstance(operand, LibraryObject):
            known = site.evaluator.registry.kind(operand.kind).operator
            if known is not None:
                return known(site, sign, left, right)
    operands: list[Value] = [
        value.array if isinstance(value, LibraryObject) else value for value in (left, right)
    ]
    if any(isinstance(value, Tensor) for value in operands) and None not in operands:
        return arrays.operator(site, sign, operands)
    return site.lost("arithmetic with something that is not followed")


def set_item(ev: Evaluator, receiver: LibraryObject, key: Value, value: Value) -> None:
    """``receiver[key] = value``."""
    known = ev.registry.kind(receiver.kind).set_item
    if known is not None:
        known(ev, receiver, key, value)


def set_attribute(ev: Evaluator, receiver: LibraryObject, name: str, value: Value) -> None:
    """``receiver.name = value``."""
    known = ev.registry.kind(receiver.kind).set_attribute
    if known is not None:
        known(ev, receiver, name, value)


def give_name(ev: Evaluator, receiver: LibraryObject, name: str) -> None:
    """``name = receiver``: the first name of an object says what its sizes are called."""
    known = ev.registry.kind(receiver.kind).give_name
    if known is not None:
        known(receiver, name)
