"""Classes whose objects are values rather than things: named tuples and enums."""

from __future__ import annotations

import ast

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.comparison import compare
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    ClassValue,
    Decorated,
    External,
    FunctionValue,
    Instance,
    Unknown,
    Value,
    is_enum,
    is_tuple,
    text_of,
)


def tuple_items(value: Instance) -> tuple[Value, ...]:
    """Return the fields of a named tuple in order."""
    return tuple(value.attributes.get(name, Unknown(name)) for name in value.cls.fields or ())


def named_tuple(site: Site, arguments: Arguments) -> Value:
    """Return the class that ``collections.namedtuple(name, fields, defaults=…)`` makes, or ``NamedTuple(name,
    [(field, type), …])``.
    """
    name, fields = arguments.get(0, "typename"), arguments.get(1, "field_names")
    items = [*fields.replace(",", " ").split()] if isinstance(fields, str) else site.items(fields)
    names = tuple(text for item in items or () if (text := _field_name(item)) is not None)
    if items is None or not isinstance(name, str) or len(names) < len(items):
        return site.lost("a named tuple of unknown fields")
    defaults = site.items(arguments.keywords.get("defaults", ())) or []
    namespace = dict(zip(names[len(names) - len(defaults) :], defaults, strict=False))
    assert site.scope.module is not None
    definition = ast.copy_location(ast.ClassDef(name, [], [], [], []), site.node)
    bases: list[Value] = [External("collections.namedtuple")]
    return ClassValue(name, bases, site.journal.born(namespace), site.scope.module, definition, names)


def _field_name(item: Value) -> str | None:
    """Return the name of a field, written alone or with its type."""
    return text_of(item[0] if isinstance(item, tuple) and item else item)


def method(site: Site, value: Instance, name: str, arguments: Arguments) -> Value:
    """``_replace``, ``_asdict`` and what tuples have."""
    if name == "_replace":
        return Instance(value.cls, site.journal.born({**value.attributes, **arguments.keywords}), site.origin)
    if name == "_asdict":
        fields: dict[Value, Value] = dict(zip(value.cls.fields or (), tuple_items(value), strict=True))
        return site.journal.born(fields)
    return site.lost(f"the method {name} of a named tuple")


# ---------------------------------------------------------------------- enums


def member(ev: Evaluator, cls: ClassValue, name: str) -> Instance | None:
    """Return a member of an enum: one object, however often it is asked for. None where there is no such
    member.
    """
    if name not in cls.namespace or not _is_member(name, cls.namespace[name]):
        return None
    key = f"<member {name}>"
    known = cls.namespace.get(key)
    if isinstance(known, Instance):
        return known
    origin = ev.origin(cls.node, cls.module.scope)
    made = cls.namespace[key] = Instance(cls, {"value": cls.namespace[name], "name": name}, origin)
    return made


def members(ev: Evaluator, cls: ClassValue) -> list[Instance]:
    """Return all members of an enum in order."""
    return [made for name in list(cls.namespace) if (made := member(ev, cls, name)) is not None]


def _is_member(name: str, value: Value) -> bool:
    return not name.startswith(("_", "<")) and not isinstance(value, FunctionValue | Decorated)


def by_value(site: Site, cls: ClassValue, value: Value) -> Value:
    """``Kind("max")``: the member with this value."""
    if isinstance(value, Instance) and value.cls is cls:
        return value
    for candidate in members(site.evaluator, cls):
        if compare(ast.Eq(), candidate.attributes["value"], value):
            return candidate
    return site.lost("a member of an enum by value")


def items(ev: Evaluator, value: Instance | ClassValue) -> list[Value] | None:
    """Return the fields of a named tuple, the members of an enum; None for what is not iterated over here."""
    if is_tuple(value):
        return list(tuple_items(value))
    return [*members(ev, value)] if is_enum(value) else None
