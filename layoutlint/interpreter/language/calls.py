"""Calls: entering functions and classes of the program, and handing the rest to those who know it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.evaluator import Arguments, Evaluator, condition_text
from layoutlint.interpreter.core.values import (
    BoundMethod,
    Choice,
    ClassValue,
    Decorated,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    ModelValue,
    Native,
    NativeMethod,
    Partial,
    Rest,
    Scope,
    Super,
    Unknown,
    Value,
)
from layoutlint.interpreter.keras import keras_layers, keras_models, subclasses
from layoutlint.interpreter.language import records
from layoutlint.interpreter.language.externals import call_external, call_method
from layoutlint.interpreter.libraries.described import of_user
from layoutlint.interpreter.libraries.standard_library import FIELD
from layoutlint.model.graph import Tensor
from layoutlint.model.origins import SourceOrigin
from layoutlint.model.sizes import symbol

KERAS_BASES = ("keras.layers.", "keras.Model", "keras.models.", "keras.Sequential", "keras.Layer")


def call(ev: Evaluator, callee: Value, arguments: Arguments, node: Any, scope: Scope) -> Value:
    """The value of calling ``callee``."""
    ev.step()
    if ev.knowledge:
        described = of_user(ev, callee)
        if described is not None:
            return described(ev, arguments, node, scope)
    handler = _BY_TYPE.get(type(callee))
    if handler is None:
        return ev.lost(node, scope, "a call of something that is not followed")
    return handler(ev, callee, arguments, node, scope)


def _external(ev: Evaluator, callee: External, arguments: Arguments, node: Any, scope: Scope) -> Value:
    return call_external(ev, callee.name, arguments, node, scope)


def _unknown(ev: Evaluator, callee: Unknown, arguments: Arguments, node: Any, scope: Scope) -> Value:
    return arrays.unknown_call(ev, callee, arguments, node, scope)


def _native(ev: Evaluator, callee: Native, arguments: Arguments, node: Any, scope: Scope) -> Value:
    return callee.function(ev, arguments, node, scope)


def _native_method(
    ev: Evaluator, callee: NativeMethod, arguments: Arguments, node: Any, scope: Scope
) -> Value:
    return call_method(ev, callee.receiver, callee.name, arguments, node, scope)


def _partial(ev: Evaluator, callee: Partial, arguments: Arguments, node: Any, scope: Scope) -> Value:
    return ev.call(
        callee.callee,
        Arguments(
            callee.positional + arguments.positional,
            {**callee.keywords, **arguments.keywords},
            arguments.open,
            {key: value for key, value in arguments.nodes.items() if isinstance(key, str)},
        ),
        node,
        scope,
    )


def _choice(ev: Evaluator, callee: Choice, arguments: Arguments, node: Any, scope: Scope) -> Value:
    possible = [alternative for alternative in callee.alternatives if alternative is not None]
    if not possible:
        return Unknown()
    text = condition_text(node.func) if isinstance(node, ast.Call) else "it"
    return ev.choose(
        [lambda a=a: ev.call(a, arguments, node, scope) for a in possible],  # type: ignore[misc]
        tuple(f"{text} is {_shown(a)}" for a in possible),
    )


def _shown(value: Value) -> str:
    return getattr(value, "name", None) or getattr(getattr(value, "cls", None), "name", None) or "another one"


def _function(ev: Evaluator, callee: FunctionValue, arguments: Arguments, node: Any, scope: Scope) -> Value:
    return enter(ev, callee, arguments, node, scope)


def _bound_method(ev: Evaluator, callee: BoundMethod, arguments: Arguments, node: Any, scope: Scope) -> Value:
    # a class whose body defines a method under an unknown condition holds one of several
    return ev.call(callee.function, _with_receiver(callee.receiver, arguments), node, scope)


def _with_receiver(receiver: Value, arguments: Arguments) -> Arguments:
    nodes = {key + 1 if isinstance(key, int) else key: node for key, node in arguments.nodes.items()}
    return Arguments((receiver, *arguments.positional), arguments.keywords, arguments.open, nodes)


BLIND_RECURSION = 3


def _given(arguments: Arguments) -> Iterator[Value]:
    yield from arguments.positional
    yield from arguments.keywords.values()


def _is_definite(value: Value) -> bool:
    return not isinstance(value, Unknown | Choice | NativeMethod | Rest)


def enter(ev: Evaluator, function: FunctionValue, arguments: Arguments, node: Any, scope: Scope) -> Value:
    """The value that a function of the program returns, evaluated with these arguments."""
    inside = ev.stack.count(function)
    # without known arguments a recursion never ends by itself, and one that forks doubles at every depth
    blind = inside >= BLIND_RECURSION and not all(map(_is_definite, _given(arguments)))
    if len(ev.stack) >= ev.limits.depth or inside >= ev.limits.recursion or blind:
        return ev.lost(node, scope, f"{function.name} calls itself too deeply to follow")
    function.called = True
    variables = ev.journal.born(bound(ev, function, arguments, node, scope))
    inner = Scope(variables, function.scope, function.module, function)
    if isinstance(function.node, ast.Lambda):
        ev.stack.append(function)
        try:
            return ev.eval(function.node.body, inner)
        finally:
            ev.stack.pop()
    facts = ev.body_facts(function.node, function.module)
    inner.global_names, inner.nonlocal_names = facts.global_names, facts.nonlocal_names
    produced: list[Value] = []
    if facts.is_generator:
        variables["<yielded>"] = ev.journal.born(produced)
    ev.stack.append(function)
    try:
        signal = ev.execute(function.node.body, inner)
    finally:
        ev.stack.pop()
    value = ev.returned(signal)
    return produced if facts.is_generator else value


def bound(
    ev: Evaluator, function: FunctionValue, arguments: Arguments, node: Any, scope: Scope
) -> dict[str, Value]:
    """A function's parameters with their values; what nobody gave and no default gives is a symbol of its
    name.
    """
    spec = function.node.args
    names = [argument.arg for argument in (*spec.posonlyargs, *spec.args)]
    values: dict[str, Value] = {}
    first_default = len(names) - len(function.defaults)
    for index, name in enumerate(names):
        if index < len(arguments.positional):
            values[name] = arguments.positional[index]
        elif name in arguments.keywords:
            values[name] = arguments.keywords[name]
        elif index >= first_default and not arguments.open:
            values[name] = function.defaults[index - first_default]
        else:
            values[name] = _parameter(ev, function, name)
    for argument in spec.kwonlyargs:
        name = argument.arg
        if name in arguments.keywords:
            values[name] = arguments.keywords[name]
        elif name in function.keyword_defaults and not arguments.open:
            values[name] = function.keyword_defaults[name]
        else:
            values[name] = _parameter(ev, function, name)
    if spec.vararg is not None:
        extra: tuple[Value, ...] = arguments.positional[len(names) :]
        values[spec.vararg.arg] = (*extra, Rest(Unknown())) if arguments.open else extra
    if spec.kwarg is not None:
        known = set(names) | {argument.arg for argument in spec.kwonlyargs}
        values[spec.kwarg.arg] = ev.journal.born(
            {name: value for name, value in arguments.keywords.items() if name not in known}
        )
    return values


def _parameter(ev: Evaluator, function: FunctionValue, name: str) -> Value:
    spec = function.node.args
    for argument in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs):
        if argument.arg == name:
            origin = SourceOrigin(function.module.file, argument)
            given = Unknown(name, origin, f"the parameter {name} of {function.name} has no known value")
            annotation = argument.annotation
            is_number = isinstance(annotation, ast.Name) and annotation.id in ("int", "float")
            return symbol(name, origin) if is_number else given
    return Unknown(name)


# ---------------------------------------------------------------------- classes


def _class(ev: Evaluator, callee: ClassValue, arguments: Arguments, node: Any, scope: Scope) -> Value:
    return instantiate(ev, callee, arguments, node, scope)


def instantiate(ev: Evaluator, cls: ClassValue, arguments: Arguments, node: Any, scope: Scope) -> Value:
    """A new object of a class of the program; its ``__init__`` is entered."""
    cls.instantiated = True
    made = Instance(cls, ev.journal.born({}), ev.origin(node, scope))
    bases = cls.external_bases()
    if records.is_enum(cls):
        return records.by_value(ev, cls, arguments.get(0, "value"), node, scope)
    if any(is_keras_base(base) for base in bases):
        subclasses.make_native(ev, made, arguments, node, scope)
    owner, initializer = cls.find("__init__")
    if owner is not None and isinstance(initializer, FunctionValue):
        enter(ev, initializer, _with_receiver(made, arguments), node, scope)
    elif cls.fields is not None:
        _fill_fields(ev, made, arguments)
    elif made.native is not None:
        subclasses.initialize_native(ev, made, arguments, node, scope)
    return made


def is_keras_base(name: str) -> bool:
    """Whether a qualified name is a Keras class that a program's class can descend from."""
    return name.startswith(KERAS_BASES)


def _fill_fields(ev: Evaluator, made: Instance, arguments: Arguments) -> None:
    node, scope = made.cls.node, made.cls.module.scope
    for index, name in enumerate(made.cls.fields or ()):
        owner, default = made.cls.find(name)
        if arguments.has(index, name):
            made.attributes[name] = arguments.get(index, name)
        elif owner is None or arguments.open:
            made.attributes[name] = Unknown(f"self.{name}")
        else:
            made.attributes[name] = _field_default(ev, name, default, node, scope)  # type: ignore[arg-type]
    owner, after = made.cls.find("__post_init__")
    if owner is not None and isinstance(after, FunctionValue):
        enter(ev, after, Arguments((made,)), after.node, made.cls.module.scope)


def _field_default(ev: Evaluator, name: str, default: Value, node: ast.expr, scope: Scope) -> Value:
    """What a field of a dataclass holds that nobody gave; ``dataclasses.field`` is a kept call."""
    if not (isinstance(default, Partial) and default.callee == FIELD):
        return default
    if "default_factory" in default.keywords:
        return ev.call(default.keywords["default_factory"], Arguments(), node, scope)
    return default.keywords.get("default", Unknown(f"self.{name}"))


def _instance(ev: Evaluator, callee: Instance, arguments: Arguments, node: Any, scope: Scope) -> Value:
    owner, method = callee.cls.find("__call__")
    if owner is not None and isinstance(method, FunctionValue):
        return enter(ev, method, _with_receiver(callee, arguments), node, scope)
    if callee.native is not None:
        return subclasses.call_instance(ev, callee, arguments, node, scope)
    if callee.cls.has_unknown_base:
        owner, method = callee.cls.find("call")
        if owner is not None and isinstance(method, FunctionValue):
            return enter(ev, method, _with_receiver(callee, arguments), node, scope)
    return ev.lost(node, scope, f"a call of a {callee.cls.name}")


def bare_super(scope: Scope, node: ast.Call, ev: Evaluator) -> Value:
    """``super()`` without arguments: the class around the method and its first parameter."""
    current: Scope | None = scope
    while current is not None and (current.function is None or current.function.owner is None):
        current = current.outer
    if current is None or current.function is None or current.function.owner is None:
        return Unknown()
    parameters = [*current.function.node.args.posonlyargs, *current.function.node.args.args]
    receiver = current.variables.get(parameters[0].arg) if parameters else None
    if not isinstance(receiver, Instance | ClassValue):
        return Unknown(None, ev.origin(node, scope))
    return Super(current.function.owner, receiver)


# ---------------------------------------------------------------------- Keras objects


def _layer(ev: Evaluator, callee: LayerValue, arguments: Arguments, node: Any, scope: Scope) -> Value:
    return keras_layers.call_layer(ev, callee, arguments, node, scope)


def _model(ev: Evaluator, callee: ModelValue, arguments: Arguments, node: Any, scope: Scope) -> Value:
    return keras_models.call_model(ev, callee, arguments, node, scope)


def _tensor(ev: Evaluator, callee: Tensor, arguments: Arguments, node: Any, scope: Scope) -> Value:
    return ev.lost(node, scope, "a call of an array")


_BY_TYPE: dict[type, Any] = {
    External: _external,
    FunctionValue: _function,
    BoundMethod: _bound_method,
    ClassValue: _class,
    Instance: _instance,
    LayerValue: _layer,
    ModelValue: _model,
    Unknown: _unknown,
    Native: _native,
    NativeMethod: _native_method,
    Partial: _partial,
    Choice: _choice,
    Tensor: _tensor,
}


def decorate(ev: Evaluator, decorator: ast.expr, value: Value, scope: Scope) -> Value:
    """What a decorator makes of a function; one that is not known leaves it as it is."""
    text = ast.unparse(decorator).split("(")[0].rsplit(".", 1)[-1]
    if text in ("property", "cached_property"):
        return Decorated("property", value)
    if text in ("staticmethod", "classmethod"):
        return Decorated(text, value)
    if text in ("setter", "getter", "deleter"):
        _, current = scope.lookup(value.name) if isinstance(value, FunctionValue) else (False, None)
        if isinstance(current, Decorated):
            return replace(current, setter=value) if text == "setter" else current
        return value
    applied = ev.eval(decorator, scope)
    if isinstance(applied, FunctionValue | Native | BoundMethod | Partial):
        node = decorator
        result = ev.call(applied, Arguments((value,)), node, scope)
        return value if isinstance(result, Unknown) or result is None else result
    return value


__all__ = ["Super", "bare_super", "bound", "call", "decorate", "enter", "instantiate", "is_keras_base"]
