"""What comes from outside the program: one place that knows who carries out a call or a method."""

from __future__ import annotations

from layoutlint.interpreter.core import arrays, library_objects
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    NUMBER_METHODS,
    ClassValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    Super,
    Unknown,
    Value,
    is_tuple,
)
from layoutlint.interpreter.language import builtin_methods, records
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression


def call_external(site: Site, name: str, arguments: Arguments) -> Value:
    """Return the value of calling something from outside the program, by its canonical qualified name."""
    registry = site.evaluator.registry
    registry.observe(site, name, arguments)
    handler = registry.function(name)
    if handler is not None:
        return handler(site, arguments)
    return registry.call_unknown(site, Unknown(name, reason=f"{name} is not known"), arguments)


def call_method(site: Site, receiver: Value, name: str, arguments: Arguments) -> Value:
    """Return the value of a method of something that the interpreter itself knows."""
    natives = site.evaluator.registry.natives
    match receiver:
        case Tensor():
            return arrays.tensor_method(site, receiver, name, arguments)
        case LibraryObject():
            return library_objects.method(site, receiver, name, arguments)
        case ModelValue():
            return natives.model_method(site, receiver, name, arguments)
        case LayerValue():
            return natives.layer_method(site, receiver, name, arguments)
        case Instance() if is_tuple(receiver):
            return records.method(site, receiver, name, arguments)
        case Instance():
            receiver.is_changed()
            return natives.instance_method(site, receiver, None, name, arguments)
        case Super(owner, Instance() as instance):
            instance.is_changed()
            return natives.instance_method(site, instance, owner, name, arguments)
        case Super():
            return site.lost("a method of a class outside the program")
        case ClassValue():
            return _unbound(site, receiver, name, arguments)
        case Expression():
            return receiver if name == "item" else site.lost("a method of a number")
        case int() | float() if name in NUMBER_METHODS:
            is_same = name != "astype" or float(receiver).is_integer()
            return receiver if is_same else site.lost("a number of another type")
        case _:
            return builtin_methods.method(site, receiver, name, arguments)


def _unbound(site: Site, cls: ClassValue, name: str, arguments: Arguments) -> Value:
    """``Base.__init__(self, …)`` in the old style, where Base is outside the program."""
    first = arguments.positional[0] if arguments.positional else None
    if isinstance(first, Instance):
        first.is_changed()
        rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.open)
        return site.evaluator.registry.natives.instance_method(site, first, cls, name, rest)
    return site.lost("a method of a class outside the program")
