"""What comes from outside the program: one place that knows who carries out a call or a method."""

from __future__ import annotations

from functools import lru_cache

from layoutlint import operations
from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    ClassValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    Super,
    Unknown,
    Value,
)
from layoutlint.interpreter.keras import (
    exports,
    get_config,
    keras_layers,
    model_methods,
    set_weights,
    subclasses,
)
from layoutlint.interpreter.language import records
from layoutlint.interpreter.libraries import builtins, image_batches, image_sizes, known_libraries
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression


def call_external(site: Site, name: str, arguments: Arguments) -> Value:
    """The value of calling something from outside the program, by its canonical qualified name."""
    image_sizes.note(site, name, arguments)
    handler = _handler(name)
    if handler is not None:
        return handler(site, arguments)
    spec = operations.find(name)
    if spec is not None:
        return arrays.apply(site, spec, arguments)
    return arrays.unknown_call(site, Unknown(name, reason=f"{name} is not known"), arguments)


@lru_cache(maxsize=4096)
def _handler(name: str) -> Handler | None:
    """What carries out a function that the interpreter knows."""
    found = (find(name) for find in (builtins.function, exports.handler, known_libraries.function))
    return next((handler for handler in found if handler is not None), None)


def call_method(site: Site, receiver: Value, name: str, arguments: Arguments) -> Value:
    """The value of a method of something that the interpreter itself knows."""
    if isinstance(receiver, Tensor):
        return arrays.tensor_method(site, receiver, name, arguments)
    if isinstance(receiver, LibraryObject):
        image_sizes.note(site, f"{receiver.kind}.{name}", arguments)
        image_batches.note(site, f"{receiver.kind}.{name}", arguments)
        return known_libraries.method(site, receiver, name, arguments)
    if isinstance(receiver, ModelValue):
        return model_methods.model_method(site, receiver, name, arguments)
    if isinstance(receiver, LayerValue):
        if name in ("__call__", "call"):
            return keras_layers.call_layer(site, receiver, arguments)
        if name == "get_config":
            return get_config.of_layer(site.evaluator, receiver.layer)
        if name == "build":
            receiver.built = True
            return None
        if name == set_weights.SET_WEIGHTS:
            set_weights.note(site, receiver, arguments)
        return site.lost(f"{name} of a layer")
    if records.is_tuple(receiver):
        return records.method(site, receiver, name, arguments)
    if isinstance(receiver, Instance):
        return subclasses.instance_method(site, receiver, None, name, arguments)
    if isinstance(receiver, Super):
        if isinstance(receiver.receiver, Instance):
            return subclasses.instance_method(site, receiver.receiver, receiver.owner, name, arguments)
        return site.lost("a method of a class outside the program")
    if isinstance(receiver, ClassValue):
        return _unbound(site, receiver, name, arguments)
    if isinstance(receiver, Expression):
        return receiver if name == "item" else site.lost("a method of a number")
    return builtins.method(site, receiver, name, arguments)


def _unbound(site: Site, cls: ClassValue, name: str, arguments: Arguments) -> Value:
    """``Base.__init__(self, …)`` in the old style, where Base is outside the program."""
    first = arguments.positional[0] if arguments.positional else None
    if isinstance(first, Instance):
        rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.open)
        return subclasses.instance_method(site, first, cls, name, rest)
    return site.lost("a method of a class outside the program")
