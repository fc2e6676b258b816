"""Attributes: what ``value.name`` is, and what setting it does."""

from __future__ import annotations

import ast
from typing import Any

from layoutlint.interpreter.core.evaluator import Arguments, Evaluator
from layoutlint.interpreter.core.journal import join
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
)
from layoutlint.interpreter.language import records
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression


def get_attribute(ev: Evaluator, value: Value, name: str, node: ast.expr, scope: Scope) -> Value:
    """``value.name``."""
    handler = _BY_TYPE.get(type(value))
    if handler is not None:
        return handler(ev, value, name, node, scope)
    if isinstance(value, list | dict | str | set | tuple | bytes | frozenset):
        return NativeMethod(value, name)
    return ev.lost(node, scope, f"the attribute {name} of something that is not followed")


def _of_external(ev: Evaluator, value: External, name: str, node: ast.expr, scope: Scope) -> Value:
    return ev.importer.attribute(ev, value, name)


def _of_module(ev: Evaluator, value: ModuleValue, name: str, node: ast.expr, scope: Scope) -> Value:
    return ev.importer.module_member(ev, value, name)


def _of_instance(ev: Evaluator, value: Instance, name: str, node: ast.expr, scope: Scope) -> Value:
    if name in value.attributes:
        return value.attributes[name]
    owner, found = value.cls.find(name)
    if owner is not None:
        return _bound(ev, found, value, value.cls, node, scope)
    if name == "__class__":
        return value.cls
    if value.native is not None:
        inherited = get_attribute(ev, value.native, name, node, scope)
        return NativeMethod(value, name) if isinstance(inherited, NativeMethod) else inherited
    if value.cls.external_bases() or value.cls.has_unknown_base:
        return NativeMethod(value, name)
    return Unknown(f"self.{name}", ev.origin(node, scope), f"self.{name} is not set where it is read")


def _bound(
    ev: Evaluator, found: Value, receiver: Value, cls: ClassValue, node: ast.expr, scope: Scope
) -> Value:
    if isinstance(found, FunctionValue):
        return BoundMethod(found, receiver)
    if isinstance(found, Decorated):
        if found.kind == "property":
            return ev.call(found.function, Arguments((receiver,)), node, scope)
        if found.kind == "classmethod" and isinstance(found.function, FunctionValue):
            return BoundMethod(found.function, cls)
        return found.function
    return found


def _of_class(ev: Evaluator, value: ClassValue, name: str, node: ast.expr, scope: Scope) -> Value:
    if name == "__name__":
        return value.name
    owner, found = value.find(name)
    if owner is None:
        if records.is_enum(value):
            if name == "__members__":
                return {each.attributes["name"]: each for each in records.members(ev, value)}
            return Unknown(f"{value.name}.{name}", ev.origin(node, scope))
        if value.external_bases():
            if name == "from_config":
                from layoutlint.interpreter.keras import get_config

                return get_config.class_from_config(value)
            return NativeMethod(value, name)
        return ev.lost(node, scope, f"{value.name} has no {name} here")
    if isinstance(found, Decorated):
        if found.kind == "classmethod" and isinstance(found.function, FunctionValue):
            return BoundMethod(found.function, value)
        return found.function
    if records.is_enum(owner):
        return records.member(ev, owner, name) or found
    return found


def _of_super(ev: Evaluator, value: Super, name: str, node: ast.expr, scope: Scope) -> Value:
    receiver = value.receiver
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    owner, found = cls.find(name, after=value.owner)
    if owner is not None:
        return _bound(ev, found, receiver, cls, node, scope)
    return NativeMethod(value, name)


def _of_tensor(ev: Evaluator, value: Tensor, name: str, node: ast.expr, scope: Scope) -> Value:
    from layoutlint.interpreter.core import arrays

    return arrays.tensor_attribute(ev, value, name, node, scope)


def _of_library_object(ev: Evaluator, value: LibraryObject, name: str, node: ast.expr, scope: Scope) -> Value:
    from layoutlint.interpreter.libraries import known_libraries

    return known_libraries.attribute(ev, value, name, node, scope)


def _of_layer(ev: Evaluator, value: LayerValue, name: str, node: ast.expr, scope: Scope) -> Value:
    from layoutlint.interpreter.keras import keras_layers

    return keras_layers.layer_attribute(ev, value, name, node, scope)


def _of_model(ev: Evaluator, value: ModelValue, name: str, node: ast.expr, scope: Scope) -> Value:
    from layoutlint.interpreter.keras import keras_models

    return keras_models.model_attribute(ev, value, name, node, scope)


def _of_unknown(ev: Evaluator, value: Unknown, name: str, node: ast.expr, scope: Scope) -> Value:
    if name in ("shape", "ndim", "size") and value.like is not None:
        return value.like.part(f".{name}")
    return value.part(f".{name}")


def _of_function(ev: Evaluator, value: FunctionValue, name: str, node: ast.expr, scope: Scope) -> Value:
    return value.name if name == "__name__" else Unknown(None, ev.origin(node, scope))


def _of_choice(ev: Evaluator, value: Choice, name: str, node: ast.expr, scope: Scope) -> Value:
    possible = [alternative for alternative in value.alternatives if alternative is not None]
    if not possible:
        return Unknown()
    result = get_attribute(ev, possible[0], name, node, scope)
    for alternative in possible[1:]:
        result = join(result, get_attribute(ev, alternative, name, node, scope))
    return result


def _of_partial(ev: Evaluator, value: Partial, name: str, node: ast.expr, scope: Scope) -> Value:
    return {"func": value.callee, "args": value.positional, "keywords": value.keywords}.get(name, Unknown())


def _of_native_method(ev: Evaluator, value: NativeMethod, name: str, node: ast.expr, scope: Scope) -> Value:
    """``self.unknown_base_attribute.more``: what a base class outside the program holds is not known."""
    if isinstance(value.receiver, Instance):
        return Unknown(
            f"self.{value.name}.{name}", ev.origin(node, scope), "it belongs to a class outside the program"
        )
    return ev.lost(node, scope, f"the attribute {name} of a method")


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
    Expression: lambda ev, value, name, node, scope: NativeMethod(value, name),
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
                ev.call(found.setter, Arguments((target, value)), _NOWHERE, scope)
            return
        ev.journal.touch(target.attributes)
        target.attributes[name] = value
    elif isinstance(target, LibraryObject):
        from layoutlint.interpreter.libraries import known_libraries

        known_libraries.set_attribute(ev, target, name, value)
    elif isinstance(target, ClassValue):
        ev.journal.touch(target.namespace)
        target.namespace[name] = value
    elif isinstance(target, ModuleValue):
        ev.journal.touch(target.scope.variables)
        target.scope.variables[name] = value


_NOWHERE = ast.Constant(value=None, lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
