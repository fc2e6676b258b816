"""Settings that come from the command line: ``argparse``, ``click`` and ``absl.flags``, by their defaults."""

from __future__ import annotations

import ast
from typing import Any

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    ClassValue,
    Decorated,
    Instance,
    ModuleValue,
    Native,
    Partial,
    Unknown,
    Value,
)

_CONSTANTS = {"store_true": (False, True), "store_false": (True, False)}
"""The value of a switch that is not given, and of one that is."""

_FLAG_KINDS = (
    "string",
    "integer",
    "float",
    "boolean",
    "bool",
    "enum",
    "list",
    "multi_integer",
    "multi_string",
)


def _instance(site: Site, name: str, attributes: dict[str, Value]) -> Instance:
    """An object of a class that the program does not define."""
    assert isinstance(site.scope.module, ModuleValue)
    definition = ast.ClassDef(name, [], [], [], [])
    made = ClassValue(name, [], {}, site.scope.module, definition)
    return Instance(made, site.journal.born(attributes), site.origin)


def parser(site: Site, arguments: Arguments) -> Value:
    """``argparse.ArgumentParser()``. Groups and sub-parsers share its options."""
    options: dict[str, Value] = site.journal.born({})

    def add(site: Site, arguments: Arguments) -> Value:
        names = [name for name in arguments.positional if isinstance(name, str)]
        if not names:
            return None
        long = next((name for name in names if name.startswith("--")), names[0])
        shown = arguments.get(99, "dest", long.lstrip("-").replace("-", "_"))
        if isinstance(shown, str):
            site.journal.touch(options)
            options[shown] = _default(site, arguments, shown, long.startswith("-"))
        return None

    def preset(site: Site, arguments: Arguments) -> Value:
        site.journal.touch(options)
        options.update(arguments.keywords)
        return None

    def parse(site: Site, arguments: Arguments) -> Value:
        given = arguments.get(0, "args")
        values = dict(options)
        if isinstance(given, list | tuple) and given:
            values = {name: Unknown(name) for name in options}
        return _instance(site, "Namespace", values)

    def parse_known(site: Site, arguments: Arguments) -> Value:
        return parse(site, arguments), site.journal.born([])

    made = _instance(site, "ArgumentParser", {})

    def itself(site: Site, arguments: Arguments) -> Value:
        return made

    made.attributes.update(
        {
            "add_argument": Native(add),
            "set_defaults": Native(preset),
            "parse_args": Native(parse),
            "parse_known_args": Native(parse_known),
            **dict.fromkeys(
                ("add_argument_group", "add_mutually_exclusive_group", "add_subparsers", "add_parser"),
                Native(itself),
            ),
        }
    )
    return made


def _default(site: Site, arguments: Arguments, name: str, is_option: bool) -> Value:
    """What an option holds when nobody gives it. A positional or required one is always given."""
    action = arguments.keywords.get("action")
    if isinstance(action, str) and action in _CONSTANTS:
        return arguments.keywords.get("default", _CONSTANTS[action][0])
    if "default" not in arguments.keywords:
        if arguments.open or not is_option or arguments.keywords.get("required") is True:
            return Unknown(name, site.origin, f"{name} is given on the command line")
        return None
    default = arguments.keywords["default"]
    convert = arguments.keywords.get("type")
    # argparse converts a default only if it is text
    if isinstance(default, str) and convert is not None:
        return site.call(convert, Arguments((default,)))
    return default


# ---------------------------------------------------------------------- absl.flags, tf.flags


def define_flag(site: Site, arguments: Arguments) -> Value:
    """``flags.DEFINE_integer(name, default, help)``."""
    name, default = arguments.get(0, "name"), arguments.get(1, "default")
    if not isinstance(name, str):
        return site.lost("a flag of unknown name")
    if default is None:
        default = Unknown(name, site.origin, f"{name} is given on the command line")
    site.journal.touch(site.evaluator.flags)
    site.evaluator.flags[name] = default
    return _instance(site, "FlagHolder", {"value": default})


# ---------------------------------------------------------------------- click


def option(site: Site, arguments: Arguments) -> Value:
    """``@click.option("--size", default=3)``: the function with its parameter's default."""
    names = [name for name in arguments.positional if isinstance(name, str)]
    plain = [name for name in names if not name.startswith("-")]
    long = next((name for name in names if name.startswith("--")), names[0] if names else "")
    shown = plain[0] if plain else long.split("/")[0].lstrip("-").replace("-", "_").lower()

    def apply(site: Site, given: Arguments) -> Value:
        function = given.get(0, "function")
        if not shown or isinstance(function, Decorated):
            return function
        if "default" in arguments.keywords:
            default = arguments.keywords["default"]
        elif arguments.keywords.get("is_flag") is True:
            default = False
        else:
            return function
        return Partial(function, (), {shown: default})

    return Native(apply)


_FUNCTIONS: dict[str, Any] = {
    "argparse.ArgumentParser": parser,
    "click.option": option,
    **{
        f"{module}.DEFINE_{kind}": define_flag
        for module in ("absl.flags", "tensorflow.flags", "tensorflow.app.flags", "absl.app.flags")
        for kind in _FLAG_KINDS
    },
}


def _flag(ev: Evaluator, name: str) -> Value:
    """``FLAGS.name``; None for a flag that the program does not define."""
    return ev.flags.get(name)


_FLAGS = ("absl.flags.FLAGS", "tensorflow.flags.FLAGS", "tensorflow.app.flags.FLAGS", "absl.app.flags.FLAGS")
LIBRARY = Library("argparse, click and absl", functions=_FUNCTIONS, attributes=dict.fromkeys(_FLAGS, _flag))
