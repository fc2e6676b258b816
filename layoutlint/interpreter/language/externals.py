"""What comes from outside the program: one place that knows who carries out a call or a method."""

from __future__ import annotations

import ast
from functools import lru_cache

from layoutlint import operations
from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.evaluator import Arguments, Evaluator
from layoutlint.interpreter.core.values import (
    ClassValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    Scope,
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


def call_external(ev: Evaluator, name: str, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """The value of calling something from outside the program, by its canonical qualified name."""
    image_sizes.note(ev, name, arguments, node, scope)
    handler = _handler(name)
    if handler is not None:
        return handler(ev, arguments, node, scope)
    spec = operations.find(name)
    if spec is not None:
        return arrays.apply(ev, spec, arguments, node, scope)
    return arrays.unknown_call(ev, Unknown(name, reason=f"{name} is not known"), arguments, node, scope)


@lru_cache(maxsize=4096)
def _handler(name: str) -> builtins.Handler | None:
    """What carries out a function that the interpreter knows."""
    found = (find(name) for find in (builtins.function, exports.handler, known_libraries.function))
    return next((handler for handler in found if handler is not None), None)


def call_method(
    ev: Evaluator, receiver: Value, name: str, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    """The value of a method of something that the interpreter itself knows."""
    if isinstance(receiver, Tensor):
        return arrays.tensor_method(ev, receiver, name, arguments, node, scope)
    if isinstance(receiver, LibraryObject):
        image_sizes.note(ev, f"{receiver.kind}.{name}", arguments, node, scope)
        image_batches.note(ev, f"{receiver.kind}.{name}", arguments, node, scope)
        return known_libraries.method(ev, receiver, name, arguments, node, scope)
    if isinstance(receiver, ModelValue):
        return model_methods.model_method(ev, receiver, name, arguments, node, scope)
    if isinstance(receiver, LayerValue):
        if name in ("__call__", "call"):
            return keras_layers.call_layer(ev, receiver, arguments, node, scope)
        if name == "get_config":
            return get_config.of_layer(ev, receiver.layer)
        if name == "build":
            receiver.built = True
            return None
        if name == set_weights.SET_WEIGHTS:
            set_weights.note(ev, receiver, arguments, node, scope)
        return ev.lost(node, scope, f"{name} of a layer")
    if records.is_tuple(receiver):
        return records.method(ev, receiver, name, arguments, node, scope)
    if isinstance(receiver, Instance):
        return subclasses.instance_method(ev, receiver, None, name, arguments, node, scope)
    if isinstance(receiver, Super):
        if isinstance(receiver.receiver, Instance):
            return subclasses.instance_method(
                ev, receiver.receiver, receiver.owner, name, arguments, node, scope
            )
        return ev.lost(node, scope, "a method of a class outside the program")
    if isinstance(receiver, ClassValue):
        return _unbound(ev, receiver, name, arguments, node, scope)
    if isinstance(receiver, Expression):
        return receiver if name == "item" else ev.lost(node, scope, "a method of a number")
    return builtins.method(ev, receiver, name, arguments, node, scope)


def _unbound(
    ev: Evaluator, cls: ClassValue, name: str, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    """``Base.__init__(self, …)`` in the old style, where Base is outside the program."""
    first = arguments.positional[0] if arguments.positional else None
    if isinstance(first, Instance):
        rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.open)
        return subclasses.instance_method(ev, first, cls, name, rest, node, scope)
    return ev.lost(node, scope, "a method of a class outside the program")
