"""Calls: entering functions and classes of the program, and handing the rest to those who know it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from types import EllipsisType
from typing import Final, assert_never

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.branches import are_still
from layoutlint.interpreter.core.described import of_user
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.implied import decides
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.plain import Yielded
from layoutlint.interpreter.core.scenarios import is_choice, named
from layoutlint.interpreter.core.settings import forget_settings_of, is_setting
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
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
    alternatives,
    has_rest,
    is_enum,
)
from layoutlint.interpreter.language import records
from layoutlint.interpreter.language.externals import call_external, call_method
from layoutlint.model.graph import Scenario, Tensor
from layoutlint.model.origins import SourceOrigin
from layoutlint.model.sizes import Expression, symbol
from layoutlint.model.syntax_text import condition_text, written

FIELD = External("dataclasses.field")


def call(site: Site, callee: Value, arguments: Arguments) -> Value:
    """Return the value of calling ``callee``."""
    site.evaluator.step()
    if isinstance(callee, Unknown) and callee.method is not None:
        callee = callee.method
    if site.evaluator.knowledge:
        described = of_user(site.evaluator, callee)
        if described is not None:
            return described(site, arguments)
    registry = site.evaluator.registry
    match callee:
        case External():
            return call_external(site, callee.name, arguments)
        case FunctionValue():
            return enter(site, callee, arguments)
        case LayerValue():
            return registry.natives.call_layer(site, callee, arguments)
        case BoundMethod():
            # a class whose body defines a method under an unknown condition holds one of several
            return site.call(callee.function, _with_receiver(callee.receiver, arguments))
        case NativeMethod():
            return call_method(site, callee.receiver, callee.name, arguments)
        case ClassValue():
            return instantiate(site, callee, arguments)
        case Instance():
            return _instance(site, callee, arguments)
        case Unknown():
            return registry.call_unknown(site, callee, arguments)
        case ModelValue():
            return registry.natives.call_model(site, callee, arguments)
        case Native():
            return callee.function(site, arguments)
        case Partial():
            return _partial(site, callee, arguments)
        case Choice():
            return _choice(site, callee, arguments)
        case Tensor():
            return site.lost("a call of an array")
        case (
            bool() | int() | float() | complex() | str() | bytes() | range() | slice() | EllipsisType() | None
        ):
            return site.lost("a call of a value that cannot be called")
        case list() | tuple() | dict() | set() | frozenset() | Expression() | Ratio():
            return site.lost("a call of a value that cannot be called")
        case LibraryObject() if (known := site.evaluator.registry.kind(callee.kind).call) is not None:
            return known(site, callee, arguments)
        case ModuleValue() | Rest() | Others() | Deferred() | Decorated() | Super() | LibraryObject():
            return site.lost("a call of something that is not followed")
        case _:
            assert_never(callee)


def _partial(site: Site, callee: Partial, arguments: Arguments) -> Value:
    return site.call(
        callee.callee,
        Arguments(
            callee.positional + arguments.positional,
            {**callee.keywords, **arguments.keywords},
            callee.open or arguments.open,
            {key: value for key, value in arguments.nodes.items() if isinstance(key, str)},
        ),
    )


def _choice(site: Site, callee: Choice, arguments: Arguments) -> Value:
    pairs = zip_longest(callee.alternatives, callee.under, fillvalue="")
    possible = [(alternative, under) for alternative, under in pairs if alternative is not None]
    if not possible:
        return Unknown()
    held = site.evaluator.conditions if are_still(callee.grounds, site.scope) else []
    left = [(each, under) for each, under in possible if not under or decides(held, under) is not False]
    if len(left) == 1 < len(possible):
        return site.call(left[0][0], arguments)
    text = condition_text(site.node.func) if isinstance(site.node, ast.Call) else "it"
    chosen = left or possible
    names, count = [named(each) for each, _ in chosen], len(chosen)
    is_told = len(set(names)) == count
    if not is_told:
        names = [f"number {place} of {count}" for place in range(1, count + 1)]
    return site.choose(
        [lambda each=each: site.call(each, arguments) for each, _ in chosen],  # type: ignore[misc]
        tuple(
            under or Scenario(f"{text} is {name}", id(site.node), count, True, is_told)
            for name, (_, under) in zip(names, chosen, strict=True)
        ),
    )


def _with_receiver(receiver: Value, arguments: Arguments) -> Arguments:
    nodes = {key + 1 if isinstance(key, int) else key: node for key, node in arguments.nodes.items()}
    return Arguments((receiver, *arguments.positional), arguments.keywords, arguments.open, nodes)


BLIND_RECURSION = 3


def _given(arguments: Arguments) -> Iterator[Value]:
    yield from arguments.positional
    yield from arguments.keywords.values()


def _is_definite(value: Value) -> bool:
    return not isinstance(value, Unknown | Choice | NativeMethod | Rest)


def enter(site: Site, function: FunctionValue, arguments: Arguments) -> Value:
    """Return the value that a function of the program returns, evaluated with these arguments."""
    inside = site.evaluator.stack.count(function)
    # without known arguments a recursion never ends by itself, and one that forks doubles at every depth
    blind = inside >= BLIND_RECURSION and not all(map(_is_definite, _given(arguments)))
    if (
        len(site.evaluator.stack) >= site.evaluator.limits.depth
        or inside >= site.evaluator.limits.recursion
        or blind
    ):
        return site.lost(f"{function.name} calls itself too deeply to follow")
    function.called = True
    variables = site.journal.born(bound(site, function, arguments))
    if site.evaluator.may_fork:
        chosen = next((name for name, value in variables.items() if is_choice(name, value)), None)
        if chosen is not None:
            return _for_each(site, function, variables, chosen)
    return _entered(site, function, variables)


def _for_each(site: Site, function: FunctionValue, variables: dict[str, Value], name: str) -> Value:
    """Return what a function returns, entered once for each value that a parameter may have."""
    values = alternatives(variables[name])
    ev = site.evaluator

    def entered(value: Value) -> Value:
        return _entered(site, function, site.journal.born({**variables, name: value}))

    ev.forks += 1
    ev.inside += 1
    try:
        return site.choose(
            [partial(entered, value) for value in values],
            tuple(
                Scenario(f"{name} is {named(value)}", id(site.node), len(values), True) for value in values
            ),
        )
    finally:
        ev.inside -= 1


def _entered(site: Site, function: FunctionValue, variables: dict[str, Value]) -> Value:
    value = _body(site, function, variables)
    if not function.returns_first:
        return value
    pairs = alternatives(value)
    if not all(isinstance(pair, tuple | list) and pair and not has_rest(pair) for pair in pairs):
        return site.lost(f"{function.name} returns no pair of a value and its gradient that is known")
    return join_all(pair[0] for pair in pairs if isinstance(pair, tuple | list))


def _body(site: Site, function: FunctionValue, variables: dict[str, Value]) -> Value:
    inner = Scope(variables, function.scope, function.module, function)
    if isinstance(function.node, ast.Lambda):
        site.evaluator.stack.append(function)
        try:
            return site.evaluator.eval(function.node.body, inner)
        finally:
            site.evaluator.stack.pop()
    facts = site.evaluator.body_facts(function.node, function.module)
    if facts.is_to_be_written:
        return site.lost(f"{function.name} is still to be written, by a subclass or by a reader")
    inner.global_names, inner.nonlocal_names = facts.global_names, facts.nonlocal_names
    produced = Yielded()
    if facts.is_generator:
        variables["<yielded>"] = site.journal.born(produced)
    site.evaluator.stack.append(function)
    try:
        signal = site.evaluator.execute(function.node.body, inner)
    finally:
        site.evaluator.stack.pop()
    value = site.evaluator.returned(signal)
    return produced if facts.is_generator else value


def bound(site: Site, function: FunctionValue, arguments: Arguments) -> dict[str, Value]:
    """Return a function's parameters with their values; what nobody gave and no default gives is a symbol of
    its name.
    """
    spec = function.node.args
    is_open = arguments.open or _is_injected(function)
    names = [argument.arg for argument in (*spec.posonlyargs, *spec.args)]
    values: dict[str, Value] = {}
    first_default = len(names) - len(function.defaults)
    for index, name in enumerate(names):
        if index < len(arguments.positional):
            values[name] = arguments.positional[index]
        elif name in arguments.keywords:
            values[name] = arguments.keywords[name]
        elif index >= first_default and not is_open:
            values[name] = function.defaults[index - first_default]
        else:
            values[name] = parameter(site.evaluator, function, name)
    for argument in spec.kwonlyargs:
        name = argument.arg
        if name in arguments.keywords:
            values[name] = arguments.keywords[name]
        elif name in function.keyword_defaults and not is_open:
            values[name] = function.keyword_defaults[name]
        else:
            values[name] = parameter(site.evaluator, function, name)
    if spec.vararg is not None:
        extra: tuple[Value, ...] = arguments.positional[len(names) :]
        values[spec.vararg.arg] = (*extra, Rest(Unknown())) if is_open else extra
    if spec.kwarg is not None:
        known = set(names) | {argument.arg for argument in spec.kwonlyargs}
        further: dict[Value, Value] = {
            name: value for name, value in arguments.keywords.items() if name not in known
        }
        if is_open:
            further[OTHERS] = Unknown(reason="a keyword that is not known")
        values[spec.kwarg.arg] = site.journal.born(further)
    return values


INJECTING: Final = frozenset(["add_arg_scope", "arg_scope", "configurable", "capture"])
"""Decorators by which a library gives a function arguments that no call shows: slim, gin, sacred."""


def _is_injected(function: FunctionValue) -> bool:
    decorators = getattr(function.node, "decorator_list", ())
    return any(name_of_decorator(each) in INJECTING for each in decorators)


def name_of_decorator(decorator: ast.expr) -> str:
    """Return the last part of the name of a decorator, without its arguments."""
    return written(decorator).split("(")[0].rsplit(".", 1)[-1]


def by_callers(ev: Evaluator, function: FunctionValue, receiver: tuple[Value, ...] = ()) -> Arguments:
    """Return the arguments of a function that nothing calls: its defaults are presumed, but for one of 0, or
    of nothing in a container, which stands for what each caller gives.
    """
    spec = function.node.args
    names = [argument.arg for argument in (*spec.posonlyargs, *spec.args)]
    defaults = dict(zip(reversed(names), reversed(function.defaults), strict=False))
    defaults |= function.keyword_defaults
    replaced = {name for name, value in defaults.items() if ev.cautious or _is_for_callers(value)}
    ev.presumed = ev.presumed or len(replaced) < len(defaults)
    return Arguments(receiver, {name: parameter(ev, function, name) for name in defaults if name in replaced})


def _is_for_callers(default: Value) -> bool:
    return type(default) in (int, list, dict, tuple) and not default


def parameter(ev: Evaluator, function: FunctionValue, name: str) -> Value:
    """Return what a parameter is that nobody gives."""
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


def instantiate(site: Site, cls: ClassValue, arguments: Arguments) -> Value:
    """Return a new object of a class of the program; its ``__init__`` is entered."""
    cls.instantiated = True
    made = Instance(cls, site.journal.born({}), site.origin)
    bases = cls.external_bases()
    if is_enum(cls):
        return records.by_value(site, cls, arguments.get(0, "value"))
    natives = site.evaluator.registry.natives
    if any(map(natives.is_base, bases)):
        natives.make(site, made, arguments)
    _, initializer = cls.find("__init__")
    if isinstance(initializer, FunctionValue):
        enter(site, initializer, _with_receiver(made, arguments))
    elif cls.fields is not None:
        _fill_fields(site.evaluator, made, arguments)
    elif made.native is not None:
        natives.initialize(site, made, arguments)
    else:
        _set_by_others(site, made, arguments)
    return made


def _set_by_others(site: Site, made: Instance, arguments: Arguments) -> None:
    """Give an object what a constructor that is not followed gets (of pydantic, of attrs): settings of its
    class, by their names; without names, any of them.
    """
    if arguments.positional or arguments.open:
        forget_settings_of(site, made, f"the constructor of {made.cls.name} may set it")
    for name, value in arguments.keywords.items():
        owner, default = made.cls.find(name)
        if owner is not None and is_setting(default):
            made.attributes[name] = value


def _fill_fields(ev: Evaluator, made: Instance, arguments: Arguments) -> None:
    node, scope = made.cls.node, made.cls.module.scope
    for index, name in enumerate(made.cls.fields or ()):
        owner, default = made.cls.find(name)
        if arguments.has(index, name):
            made.attributes[name] = arguments.get(index, name)
        elif owner is None or arguments.open:
            made.attributes[name] = Unknown(f"self.{name}")
        else:
            made.attributes[name] = _field_default(Site(ev, node, scope), name, default)
    _, after = made.cls.find("__post_init__")
    if isinstance(after, FunctionValue):
        enter(Site(ev, after.node, made.cls.module.scope), after, Arguments((made,)))


def _field_default(site: Site, name: str, default: Value) -> Value:
    """Return what a field of a dataclass holds that nobody gave; ``dataclasses.field`` is a kept call."""
    match default:
        case Partial(callee, _, {"default_factory": factory}) if callee == FIELD:
            return site.call(factory, Arguments())
        case Partial(callee, _, keywords) if callee == FIELD:
            return keywords.get("default", Unknown(f"self.{name}"))
        case _:
            return default


def _instance(site: Site, callee: Instance, arguments: Arguments) -> Value:
    _, method = callee.cls.find("__call__")
    if isinstance(method, FunctionValue):
        return enter(site, method, _with_receiver(callee, arguments))
    if callee.native is None and callee.cls.has_unknown_base:
        _, method = callee.cls.find("call")
        if isinstance(method, FunctionValue):
            return enter(site, method, _with_receiver(callee, arguments))
    return site.evaluator.registry.natives.call_instance(site, callee, arguments)


def bare_super(ev: Evaluator, node: ast.Call, scope: Scope) -> Value:
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


WRAPPERS: Final = tuple(
    External(f"{module}.custom_gradient") for module in ("tensorflow", "keras.ops", "jax")
)
"""Decorators from outside that change what a function returns."""


def decorate(ev: Evaluator, decorator: ast.expr, value: Value, scope: Scope) -> Value:
    """Return what a decorator makes of a function; one that is not known leaves it as it is."""
    text = name_of_decorator(decorator)
    match text, value:
        case (("property" | "cached_property"), _):
            return Decorated("property", value)
        case (("staticmethod" | "classmethod"), _):
            return Decorated(text, value)
        case (("setter" | "getter" | "deleter"), FunctionValue()):
            _, current = scope.lookup(value.name)
            if isinstance(current, Decorated):
                return replace(current, setter=value) if text == "setter" else current
            return value
        case (("setter" | "getter" | "deleter"), _):
            return value
    applied = ev.eval(decorator, scope)
    if isinstance(applied, FunctionValue | Native | BoundMethod | Partial) or applied in WRAPPERS:
        result = Site(ev, decorator, scope).call(applied, Arguments((value,)))
        return value if isinstance(result, Unknown) or result is None else result
    return value
