"""Python's built-in functions of objects: their attributes and their classes."""

from __future__ import annotations

from functools import partial

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.classes import TYPES, is_a
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.library import Kind
from layoutlint.interpreter.core.narrowing import known_texts
from layoutlint.interpreter.core.plain import is_plain
from layoutlint.interpreter.core.settings import BY_ANY_NAME, forget_settings, forget_settings_of, is_setting
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    Choice,
    ClassValue,
    External,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    ModuleValue,
    Super,
    Value,
    text_of,
)
from layoutlint.interpreter.language.attributes import attributes_of, get_attribute, set_attribute
from layoutlint.model.graph import Tensor

MEMBERS_OF_ALL = frozenset(
    [
        *("name", "weights", "trainable", "trainable_weights", "get_weights"),
        *("set_weights", "get_config", "call", "build", "built", "dtype", "losses"),
    ]
)
"""Members of every layer and of every model."""
MEMBERS = MEMBERS_OF_ALL | frozenset(
    [
        *("layers", "fit", "predict", "evaluate", "compile", "summary", "save"),
        *("get_layer", "load_weights", "save_weights", "train_on_batch", "predict_on_batch"),
    ]
)
"""The same, and those of models alone."""
ENDS = ("inputs", "outputs")
"""Members of a model once it is built."""


def _isinstance(site: Site, arguments: Arguments) -> Value:
    value, kinds = arguments.get(0, "obj"), arguments.get(1, "class_or_tuple")
    answers = {is_a(value, kind) for kind in (kinds if isinstance(kinds, tuple) else (kinds,))}
    if True in answers:
        return True
    return site.lost("the type of something unknown") if None in answers else False


def _getattr(site: Site, arguments: Arguments) -> Value:
    target, name = arguments.get(0, "object"), arguments.get(1, "name")
    if isinstance(name, Choice):
        names = known_texts(name.alternatives)
        if names is not None:
            return site.choose([partial(get_attribute, site, target, each) for each in names])
    written = text_of(name)
    if written is None:
        return site.lost("an attribute of unknown name")
    if isinstance(target, Instance) and arguments.has(2, "default"):
        has_it = written in target.attributes or target.cls.find(written)[0] is not None
        if target.native is None and not has_it:
            return arguments.get(2, "default")
    return get_attribute(site, target, written)


def _hasattr(site: Site, arguments: Arguments) -> Value:
    target, name = arguments.get(0, "object"), text_of(arguments.get(1, "name"))
    if name is not None and isinstance(target, Instance):
        if name in target.attributes or target.cls.find(name)[0] is not None:
            return True
        if target.native is None and not target.cls.has_unknown_base and not target.cls.external_bases():
            return False
    if isinstance(target, LayerValue | ModelValue) and name in MEMBERS:
        return name in MEMBERS_OF_ALL or isinstance(target, ModelValue)
    if isinstance(target, ModelValue) and name in ENDS and target.state.get("outputs") is not None:
        return True
    if name is not None and is_plain(target):
        return hasattr(target, name)
    return site.lost("whether something unknown has an attribute")


def _setattr(site: Site, arguments: Arguments) -> Value:
    name = text_of(arguments.get(1, "name"))
    target = arguments.get(0, "object")
    if name is not None:
        set_attribute(site.evaluator, target, name, arguments.get(2, "value"), site.scope)
    else:
        forget_settings_of(site, target, BY_ANY_NAME)
    return None


def _vars(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "object")
    return attributes_of(value) if isinstance(value, Instance) else site.lost("the attributes of something")


GLOBALS = "builtins.globals"


def _globals(site: Site, arguments: Arguments) -> Value:
    return LibraryObject(GLOBALS, site.origin, {"module": site.scope.module})


def _variables(made: LibraryObject) -> dict[str, Value]:
    module = made.state["module"]
    return module.scope.variables if isinstance(module, ModuleValue) else {}


def _method_of_globals(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    variables = _variables(made)
    match name, arguments.get(0, "given", None):
        case "update", dict() as given if not arguments.open and all(isinstance(key, str) for key in given):
            site.journal.touch(variables)
            variables.update({str(key): value for key, value in given.items()}, **arguments.keywords)
            return None
        case "update", _:
            forget_settings(site, variables, dict(variables), "", BY_ANY_NAME)
            return None
        case "get", str() as key if key in variables:
            return variables[key]
        case _:
            return site.lost(f"{name} of the names of a module")


def _item_of_globals(site: Site, made: LibraryObject, key: Value) -> Value:
    found = _variables(made).get(key) if isinstance(key, str) else None
    return site.lost("a name of a module") if found is None else found


def _set_item_of_globals(ev: Evaluator, made: LibraryObject, key: Value, value: Value) -> None:
    variables = _variables(made)
    ev.journal.touch(variables)
    if isinstance(key, str):
        variables[key] = value
    else:
        variables.update({name: join(held, value) for name, held in variables.items() if is_setting(held)})


def _executed(site: Site, arguments: Arguments) -> Value:
    """Carry out ``exec(text)``, which may bind any name of a module, and none of a function."""
    if site.scope.function is None:
        variables = site.scope.variables
        forget_settings(site, variables, dict(variables), "", BY_ANY_NAME)
    return None


def _super(site: Site, arguments: Arguments) -> Value:
    match arguments.get(0, "type"), arguments.get(1, "object"):
        case ClassValue() as owner, (Instance() | ClassValue()) as receiver:
            return Super(owner, receiver)
        case _:
            return site.lost("super of something unknown")


def _type(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "object")
    if isinstance(value, Instance):
        return value.cls
    if isinstance(value, Tensor):
        return External("tensorflow.Tensor")
    name = f"builtins.{type(value).__name__}"
    return External(name) if name in TYPES else site.lost("the type of something unknown")


FUNCTIONS: dict[str, Handler] = {
    "isinstance": _isinstance,
    "getattr": _getattr,
    "hasattr": _hasattr,
    "setattr": _setattr,
    "vars": _vars,
    "super": _super,
    "type": _type,
    "globals": _globals,
    "exec": _executed,
}
KINDS = {GLOBALS: Kind(_method_of_globals, item=_item_of_globals, set_item=_set_item_of_globals)}
