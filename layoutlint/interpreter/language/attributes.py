"""Attributes: what ``value.name`` is, and what setting it does."""

from __future__ import annotations

import ast
from typing import Any

from layoutlint.interpreter.core import arrays, library_objects
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    BoundMethod,
    Choice,
    ClassValue,
    Decorated,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    ModuleValue,
    NativeMethod,
    Partial,
    Scope,
    Super,
    Unknown,
    Value,
    is_enum,
)
from layoutlint.interpreter.language import records
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression


def get_attribute(site: Site, value: Value, name: str) -> Value:
    """``value.name``."""
    handler = _BY_TYPE.get(type(value))
    if handler is not None:
        return handler(site, value, name)
    if isinstance(value, list | dict | str | set | tuple | bytes | frozenset):
        return NativeMethod(value, name)
    return site.lost(f"the attribute {name} of something that is not followed")


def _of_external(site: Site, value: External, name: str) -> Value:
    return site.evaluator.importer.attribute(site.evaluator, value, name)


def _of_module(site: Site, value: ModuleValue, name: str) -> Value:
    return site.evaluator.importer.module_member(site.evaluator, value, name)


def _of_instance(site: Site, value: Instance, name: str) -> Value:
    if name in value.attributes:
        return value.attributes[name]
    owner, found = value.cls.find(name)
    if owner is not None:
        return _bound(site, found, value, value.cls)
    if name == "__class__":
        return value.cls
    if value.native is not None:
        inherited = get_attribute(site, value.native, name)
        return NativeMethod(value, name) if isinstance(inherited, NativeMethod) else inherited
    if value.cls.external_bases() or value.cls.has_unknown_base:
        return NativeMethod(value, name)
    return Unknown(f"self.{name}", site.origin, f"self.{name} is not set where it is read")


def _bound(site: Site, found: Value, receiver: Value, cls: ClassValue) -> Value:
    if isinstance(found, FunctionValue):
        return BoundMethod(found, receiver)
    if isinstance(found, Decorated):
        if found.kind == "property":
            return site.call(found.function, Arguments((receiver,)))
        if found.kind == "classmethod" and isinstance(found.function, FunctionValue):
            return BoundMethod(found.function, cls)
        return found.function
    return found


def _of_class(site: Site, value: ClassValue, name: str) -> Value:
    if name == "__name__":
        return value.name
    owner, found = value.find(name)
    if owner is None:
        if is_enum(value):
            if name == "__members__":
                return {each.attributes["name"]: each for each in records.members(site.evaluator, value)}
            return Unknown(f"{value.name}.{name}", site.origin)
        if value.external_bases():
            inherited = site.evaluator.registry.natives.class_attribute(value, name)
            return NativeMethod(value, name) if inherited is None else inherited
        return site.lost(f"{value.name} has no {name} here")
    if isinstance(found, Decorated):
        if found.kind == "classmethod" and isinstance(found.function, FunctionValue):
            return BoundMethod(found.function, value)
        return found.function
    if is_enum(owner):
        return records.member(site.evaluator, owner, name) or found
    return found


def _of_super(site: Site, value: Super, name: str) -> Value:
    receiver = value.receiver
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    owner, found = cls.find(name, after=value.owner)
    if owner is not None:
        return _bound(site, found, receiver, cls)
    return NativeMethod(value, name)


def _of_tensor(site: Site, value: Tensor, name: str) -> Value:
    return arrays.tensor_attribute(site, value, name)


def _of_library_object(site: Site, value: LibraryObject, name: str) -> Value:
    return library_objects.attribute(site, value, name)


def _of_layer(site: Site, value: LayerValue, name: str) -> Value:
    return site.evaluator.registry.natives.layer_attribute(site, value, name)


def _of_model(site: Site, value: ModelValue, name: str) -> Value:
    return site.evaluator.registry.natives.model_attribute(site, value, name)


def _of_unknown(site: Site, value: Unknown, name: str) -> Value:
    if name in ("shape", "ndim", "size") and value.like is not None:
        return value.like.part(f".{name}")
    return value.part(f".{name}")


def _of_function(site: Site, value: FunctionValue, name: str) -> Value:
    return value.name if name == "__name__" else Unknown(None, site.origin)


def _of_choice(site: Site, value: Choice, name: str) -> Value:
    possible = [alternative for alternative in value.alternatives if alternative is not None]
    if not possible:
        return Unknown()
    result = get_attribute(site, possible[0], name)
    for alternative in possible[1:]:
        result = join(result, get_attribute(site, alternative, name))
    return result


def _of_partial(site: Site, value: Partial, name: str) -> Value:
    return {"func": value.callee, "args": value.positional, "keywords": value.keywords}.get(name, Unknown())


def _of_native_method(site: Site, value: NativeMethod, name: str) -> Value:
    """``self.unknown_base_attribute.more``: what a base class outside the program holds is not known."""
    if isinstance(value.receiver, Instance):
        return Unknown(f"self.{value.name}.{name}", site.origin, "it belongs to a class outside the program")
    return site.lost(f"the attribute {name} of a method")


_BY_TYPE: dict[type, Any] = {
    External: _of_external,
    ModuleValue: _of_module,
    Instance: _of_instance,
    ClassValue: _of_class,
    Super: _of_super,
    Tensor: _of_tensor,
    LayerValue: _of_layer,
    LibraryObject: _of_library_object,
    ModelValue: _of_model,
    Unknown: _of_unknown,
    FunctionValue: _of_function,
    Choice: _of_choice,
    Partial: _of_partial,
    NativeMethod: _of_native_method,
    Expression: lambda site, value, name: NativeMethod(value, name),
}


def set_attribute(ev: Evaluator, target: Value, name: str, value: Value, scope: Scope) -> None:
    """``target.name = value``."""
    if isinstance(value, Unknown):
        prefix = "self" if isinstance(target, Instance) else "?"
        value = (
            value
            if prefix == "?"
            else value.named(f"self.{name}", value.origin or ev.origin(_NOWHERE, scope))
        )
    if isinstance(target, Instance):
        owner, found = target.cls.find(name)
        if owner is not None and isinstance(found, Decorated) and found.kind == "property":
            if found.setter is not None:
                ev.call(Site(ev, _NOWHERE, scope), found.setter, Arguments((target, value)))
            return
        ev.journal.touch(target.attributes)
        target.attributes[name] = value
    elif isinstance(target, LibraryObject):
        library_objects.set_attribute(ev, target, name, value)
    elif isinstance(target, ClassValue):
        ev.journal.touch(target.namespace)
        target.namespace[name] = value
    elif isinstance(target, ModuleValue):
        ev.journal.touch(target.scope.variables)
        target.scope.variables[name] = value


_NOWHERE = ast.Constant(value=None, lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
