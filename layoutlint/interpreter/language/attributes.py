"""Attributes: what ``value.name`` is, and what setting it does."""

from __future__ import annotations

import ast
from types import EllipsisType
from typing import Final, assert_never, cast

from layoutlint.interpreter.core import arrays, library_objects, tensor_shapes
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.outcomes import ProgramError
from layoutlint.interpreter.core.settings import BY_ANY_NAME, is_setting
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import array_behind
from layoutlint.interpreter.core.values import (
    NUMBER_METHODS,
    OTHERS,
    BoundMethod,
    Choice,
    ClassValue,
    Decorated,
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
    Scope,
    Super,
    Unknown,
    Value,
    is_enum,
)
from layoutlint.interpreter.language import records
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression

OWN: Final = (list, dict, str, set, tuple, bytes, frozenset)
"""Values whose attributes are methods, and nothing else."""


def get_attribute(site: Site, value: Value, name: str) -> Value:
    """``value.name`` that is read and not called: only a method of Python's own is surely a method."""
    found = called_attribute(site, value, name)
    if isinstance(found, Choice):
        return join_all(_settled(site, each, name) for each in found.alternatives)
    return _settled(site, found, name)


def _settled(site: Site, found: Value, name: str) -> Value:
    """Return an attribute that may be a method, and may as well be a number (``pca.n_components_``); a
    dictionary has no attribute for each key.
    """
    if isinstance(found, NativeMethod) and isinstance(found.receiver, OWN):
        is_method = hasattr(type(found.receiver), name)
        return found if is_method else site.lost(f"Python has no {name} of a {type(found.receiver).__name__}")
    if isinstance(found, NativeMethod):
        reason = f"whether {name} is a method or a value is not known"
        if isinstance(found.receiver, Instance):
            return found.receiver.inherited(name, site.origin, reason, found)
        return Unknown(name, site.origin, reason, method=found)
    return found


ARRAY_ATTRIBUTES: Final = frozenset(["reshape", "astype", "shape", "ndim", "transpose", "swapaxes", "T"])
"""What only an array has: the result of arithmetic with something unknown is one then, and no number."""


def called_attribute(site: Site, value: Value, name: str) -> Value:
    """``value.name`` as a call needs it: what may be a method is one."""
    match value:
        case External():
            return site.evaluator.importer.attribute(site.evaluator, value, name)
        case Instance():
            return _of_instance(site, value, name)
        case Tensor():
            return arrays.tensor_attribute(site, value, name)
        case Unknown():
            return _of_unknown(value, name)
        case ModuleValue():
            return site.evaluator.importer.module_member(site.evaluator, value, name)
        case LayerValue():
            return site.evaluator.registry.natives.layer_attribute(site, value, name)
        case ModelValue():
            return site.evaluator.registry.natives.model_attribute(site, value, name)
        case LibraryObject():
            return library_objects.attribute(site, value, name)
        case Expression() | Ratio() if (
            name in ARRAY_ATTRIBUTES and (array := array_behind(value)) is not None
        ):
            return _of_unknown(array, name)
        case tuple() if name in tensor_shapes.ATTRIBUTES:
            return tensor_shapes.ATTRIBUTES[name](value)
        case int() | Expression() | None if name == "value":
            return value  # of a dimension in TensorFlow 1
        case list() | dict() | str() | set() | tuple() | bytes() | frozenset() | Expression():
            return NativeMethod(value, name)
        case ClassValue():
            return _of_class(site, value, name)
        case Super():
            return _of_super(site, value, name)
        case FunctionValue():
            return value.name if name == "__name__" else Unknown(None, site.origin)
        case Choice():
            possible = [each for each in value.alternatives if each is not None]
            found = [called_attribute(site, each, name) for each in possible]
            if found and all(isinstance(each, NativeMethod) for each in found):
                return Choice(tuple(found))
            return join_all(found) if found else Unknown()
        case Partial():
            return _of_partial(value, name)
        case int() | float() if name in NUMBER_METHODS:
            return NativeMethod(value, name)
        case bool() | int() | float() | complex() | range() | slice() | EllipsisType() | Ratio() | None:
            return site.lost(f"the attribute {name} of a number and the like")
        case Rest() | Others() | Deferred() | Decorated() | BoundMethod() | NativeMethod() | Native():
            return site.lost(f"the attribute {name} of something that is not followed")
        case _:
            assert_never(value)


def attributes_of(value: Instance) -> dict[Value, Value]:
    """Return the very dict in which an object holds its attributes: what changes in it changes the object."""
    return cast("dict[Value, Value]", value.attributes)


def _of_instance(site: Site, value: Instance, name: str) -> Value:
    if name in value.attributes:
        return value.attributes[name]
    owner, found = value.cls.find(name)
    if owner is not None and OTHERS in attributes_of(value) and is_setting(found):
        return Unknown(f"self.{name}", site.origin, BY_ANY_NAME)
    if owner is not None:
        return _bound(site, found, value, value.cls)
    if name == "__class__":
        return value.cls
    if name == "__dict__":
        return attributes_of(value)
    if value.native is not None:
        inherited = called_attribute(site, value.native, name)
        return NativeMethod(value, name) if isinstance(inherited, NativeMethod) else inherited
    if value.cls.external_bases() or value.cls.has_unknown_base:
        return NativeMethod(value, name)
    unset = Unknown(f"self.{name}", site.origin, f"self.{name} is not set where it is read")
    _, fallback = value.cls.find("__getattr__")
    if not isinstance(fallback, FunctionValue) or name.startswith("__"):
        return unset
    try:
        return site.call(BoundMethod(fallback, value), Arguments((name,)))
    except ProgramError:
        return unset


def _bound(site: Site, found: Value, receiver: Value, cls: ClassValue) -> Value:
    match found:
        case FunctionValue():
            return BoundMethod(found, receiver)
        case Decorated("property", getter):
            return site.call(getter, Arguments((receiver,)))
        case Decorated():
            return _of_decorated(found, cls)
        case _:
            return found


def _of_decorated(found: Decorated, cls: ClassValue) -> Value:
    match found:
        case Decorated("classmethod", FunctionValue() as function):
            return BoundMethod(function, cls)
        case _:
            return found.function


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
        return _of_decorated(found, value)
    if is_enum(owner):
        return records.member(site.evaluator, owner, name) or found
    return found


def _of_super(site: Site, value: Super, name: str) -> Value:
    receiver = value.receiver
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    if isinstance(cls, ClassValue):
        owner, found = cls.find(name, after=value.owner)
        if owner is not None:
            return _bound(site, found, receiver, cls)
    return NativeMethod(value, name)


OF_ITS_SHAPE: Final = frozenset(["shape", "ndim", "size", "reshape", "transpose"])
"""Attributes that two arrays of one shape share, or whose results have one shape."""


def _of_unknown(value: Unknown, name: str) -> Value:
    if value.like is not None and name in OF_ITS_SHAPE:
        return value.like.part(f".{name}")
    return value.part(f".{name}")


def _of_partial(value: Partial, name: str) -> Value:
    match name:
        case "func":
            return value.callee
        case "args":
            return value.positional
        case "keywords":
            return dict(value.keywords.items())
        case _:
            return Unknown()


_ENDS = {"input": "inputs", "inputs": "inputs", "output": "outputs", "outputs": "outputs"}
"""The attributes of a model for where it begins and ends."""


def set_attribute(ev: Evaluator, target: Value, name: str, value: Value, scope: Scope) -> None:
    """``target.name = value``."""
    match target:
        case Instance():
            if isinstance(value, Unknown):
                value = value.named(f"self.{name}", value.origin or ev.origin(_NOWHERE, scope))
            _set_of_instance(ev, target, name, value, scope)
        case LibraryObject():
            library_objects.set_attribute(ev, target, name, value)
        case ClassValue():
            ev.journal.touch(target.namespace)
            target.namespace[name] = value
        case External():
            ev.importer.assign(ev, target, name, value)
        case ModuleValue():
            ev.journal.touch(target.scope.variables)
            target.scope.variables[name] = value
        case ModelValue() if name in _ENDS and "outputs" in target.state:
            # versions of Keras differ in what a model with other ends computes
            ev.journal.touch(target.state)
            target.state[_ENDS[name]] = Tensor(None)
        case _:
            pass  # what others hold is not followed


def _set_of_instance(ev: Evaluator, target: Instance, name: str, value: Value, scope: Scope) -> None:
    match target.cls.find(name):
        case ClassValue(), Decorated(kind="property", setter=setter):
            if setter is not None:
                ev.call(Site(ev, _NOWHERE, scope), setter, Arguments((target, value)))
        case _:
            ev.journal.touch(target.attributes)
            target.attributes[name] = value


_NOWHERE = ast.Constant(value=None, lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
