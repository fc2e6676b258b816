"""Settings that objects of the program hold, and what makes them unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import ClassValue, Instance, Unknown, Value

OUTPUTS: Final = frozenset(
    [
        *("assert", "check", "describe", "display", "dump", "export", "info", "log", "plot", "pprint"),
        *("print", "register", "report", "save", "show", "store", "summary", "upload", "validate"),
        *("warn", "write"),
    ]
)
"""First words in the names of functions that read what they are given, and set nothing in it."""

BY_ANY_NAME: Final = "it may be set under a name that is not known"


def is_setting(value: Value) -> bool:
    """Tell whether a value is a number, a text or a container: what settings are made of, not layers."""
    return isinstance(value, int | float | str | list | tuple | dict | None)


def forget_settings(
    site: Site, holder: dict[str, Value], values: Mapping[str, Value], prefix: str, reason: str
) -> None:
    """Make the settings among some values unknown in what holds them; layers stay."""
    site.journal.touch(holder)
    for name, value in values.items():
        if is_setting(value):
            holder[name] = Unknown(f"{prefix}{name}", site.origin, reason)


def forget_settings_of(site: Site, target: Value, reason: str) -> None:
    """Make the settings of an object or a class of the program unknown, inherited ones too, and those in a
    dict.
    """
    if isinstance(target, dict):
        site.journal.touch(target)
        target.update({key: Unknown(reason=reason) for key, value in target.items() if is_setting(value)})
    elif isinstance(target, Instance):
        values = {**_inherited(target.cls), **target.attributes}
        forget_settings(site, target.attributes, values, "self.", reason)
    elif isinstance(target, ClassValue):
        forget_settings(site, target.namespace, _inherited(target), f"{target.name}.", reason)


def _inherited(cls: ClassValue) -> dict[str, Value]:
    bodies = [each.namespace for each in cls.ancestors() if isinstance(each, ClassValue)]
    return {name: value for body in reversed(bodies) for name, value in body.items()}


def may_set(name: str | None) -> bool:
    """Tell whether a function of this name, called for what it does alone, may change what it is given."""
    last = (name or "").rsplit(".", 1)[-1]
    return last.lstrip("_").split("_")[0].lower() not in OUTPUTS
