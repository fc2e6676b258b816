"""Settings that come from the command line: ``argparse``, ``click`` and ``absl.flags``, by their defaults.

So do the namespaces that hold settings in the program itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.narrowing import sequence
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    Choice,
    ClassValue,
    Decorated,
    Instance,
    ModuleValue,
    Native,
    Partial,
    Rest,
    Unknown,
    Value,
    text_of,
)
from layoutlint.interpreter.language.attributes import get_attribute, set_attribute

_SWITCHES = {"store_true": False, "store_false": True}
"""The value of a switch that is not given."""

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
    """Return an object of a class that the program does not define."""
    assert isinstance(site.scope.module, ModuleValue)
    definition = ast.ClassDef(name, [], [], [], [])
    made = ClassValue(name, [], {}, site.scope.module, definition)
    return Instance(made, site.journal.born(attributes), site.origin)


def _set_there(name: str) -> str:
    return f"{name} is set on the command line"


def parser(site: Site, arguments: Arguments) -> Value:
    """Return ``argparse.ArgumentParser()``. Groups and sub-parsers share its options."""
    options: dict[str, Value] = site.journal.born({})
    settable: dict[str, Value] = site.journal.born({})

    def add(site: Site, arguments: Arguments) -> Value:
        names = _texts(arguments.positional)
        if not names:
            return None
        long = next((name for name in names if name.startswith("--")), names[0])
        shown = text_of(arguments.keywords.get("dest", long.lstrip("-").replace("-", "_")))
        if shown is not None:
            site.journal.touch(options)
            site.journal.touch(settable)
            options[shown] = settable[shown] = _default(site, arguments, shown, long.startswith("-"))
        return None

    def preset(site: Site, arguments: Arguments) -> Value:
        site.journal.touch(options)
        if arguments.open:
            options.update({name: Unknown(name) for name in options})
        options.update(arguments.keywords)
        return None

    def parse(site: Site, arguments: Arguments) -> Value:
        given = sequence(arguments.get(0, "args"))
        values: dict[str, Value] = {name: Unknown(name) for name in options} if given else dict(options)
        if given is None:
            values |= {name: site.presumed(values[name], name, _set_there(name)) for name in settable}
        holder = arguments.get(1, "namespace", None)
        if holder is None:
            return _instance(site, "Namespace", values)
        for name, value in values.items():
            # an option that is not given leaves what is there
            if isinstance(get_attribute(site, holder, name), Unknown):
                set_attribute(site.evaluator, holder, name, value, site.scope)
        return holder

    def parse_known(site: Site, arguments: Arguments) -> Value:
        return parse(site, arguments), site.list_of([])

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


def _texts(values: Iterable[Value]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _default(site: Site, arguments: Arguments, name: str, is_option: bool) -> Value:
    """Return the value of an option that is not given. A positional or required one is always given."""
    keywords = arguments.keywords
    action = keywords.get("action", "store")
    switch = _SWITCHES.get(text_of(action) or "")
    if switch is not None:
        return keywords.get("default", switch)
    if "default" not in keywords:
        may_be_given = not is_option or keywords.get("required", False) is not False
        if arguments.open or may_be_given or isinstance(action, Unknown | Choice):
            return Unknown(name, site.origin, _set_there(name))
        return None
    default, convert = keywords["default"], keywords.get("type")
    # argparse converts a default only if it is text
    if isinstance(default, str) and convert is not None:
        return site.call(convert, Arguments((default,)))
    return default


# ---------------------------------------------------------------------- absl.flags, tf.flags


def define_flag(site: Site, arguments: Arguments) -> Value:
    """Return the holder of ``flags.DEFINE_integer(name, default, help)``."""
    name, default = text_of(arguments.get(0, "name")), arguments.get(1, "default")
    if name is None:
        return site.lost("a flag of unknown name")
    if default is None:
        default = Unknown(name, site.origin, _set_there(name))
    default = site.presumed(default, name, _set_there(name))
    site.journal.touch(site.evaluator.flags)
    site.evaluator.flags[name] = default
    return _instance(site, "FlagHolder", {"value": default})


# ---------------------------------------------------------------------- click


def option(site: Site, arguments: Arguments) -> Value:
    """Return ``@click.option("--size", default=3)``: the function with its parameter's default."""
    names = _texts(arguments.positional)
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
        return Partial(function, (), {shown: site.presumed(default, shown, _set_there(shown))})

    return Native(apply)


def without_options(site: Site, arguments: Arguments) -> Value:
    """Return what ``getopt`` finds in a program that runs without arguments."""
    return site.list_of([]), site.list_of([Rest(Unknown("args"))])


def namespace(site: Site, arguments: Arguments) -> Value:
    """Return ``SimpleNamespace(width=64)``: an object with these attributes."""
    if arguments.open or arguments.positional:
        return site.lost("a namespace of unknown attributes")
    return _instance(site, "Namespace", dict(arguments.keywords))


_FUNCTIONS: dict[str, Handler] = {
    "argparse.ArgumentParser": parser,
    "argparse.Namespace": namespace,
    "types.SimpleNamespace": namespace,
    "click.option": option,
    "getopt.getopt": without_options,
    "getopt.gnu_getopt": without_options,
    **{
        f"{module}.DEFINE_{kind}": define_flag
        for module in ("absl.flags", "tensorflow.flags", "tensorflow.app.flags", "absl.app.flags")
        for kind in _FLAG_KINDS
    },
}


def _flag(ev: Evaluator, name: str) -> Value:
    """Return ``FLAGS.name``; None for a flag that the program does not define."""
    return ev.flags.get(name)


_FLAGS = ("absl.flags.FLAGS", "tensorflow.flags.FLAGS", "tensorflow.app.flags.FLAGS", "absl.app.flags.FLAGS")
LIBRARY = Library("argparse, click and absl", functions=_FUNCTIONS, attributes=dict.fromkeys(_FLAGS, _flag))
