"""Models that are stored as a class and the arguments of its constructor: those of KerasHub, say.

The class is in a package. Where that is followed, a program of one call builds the model, and is evaluated as
any source is: nothing is imported or run.
"""

from __future__ import annotations

import keyword
from collections.abc import Collection, Mapping
from typing import Final

from layoutlint.architecture.config_values import Json
from layoutlint.architecture.layer_config import class_name_of, names_keras

TUPLE: Final = "__tuple__"
POLICY: Final = "DTypePolicy"
NAMES: Final = ("function", "class")
"""What is stored by its name alone."""


def package_of(config: Mapping[str, Json]) -> str | None:
    """Return the package in which a stored class is, None for one of Keras's own or of a program."""
    module = config.get("module")
    if not isinstance(module, str) or not _is_path(module):
        return None
    root, dot, _ = module.partition(".")
    return root if dot and not names_keras(config) else None


def advice(config: Mapping[str, Json]) -> list[str]:
    """Return what to do for a model of a package that registers its classes: evaluate them."""
    package, registered = package_of(config), config.get("registered_name")
    is_registered = isinstance(registered, str) and registered.startswith(f"{package}>")
    return [f"--follow {package} evaluates its class"] if package is not None and is_registered else []


def program(config: Mapping[str, Json], packages: Collection[str]) -> str | None:
    """Return the program that builds a stored model, None where its class is in none of the packages."""
    from layoutlint.readers.salvage import UNREAD

    imports = {UNREAD: f"from {UNREAD} import {UNREAD}"}
    made = _call(config, packages, imports)
    if made is None:
        return None
    return "\n".join(["import keras", *imports.values(), f"model = {made}", ""])


def _call(config: Mapping[str, Json], packages: Collection[str], imports: dict[str, str]) -> str | None:
    """Return the call of a constructor; what it needs is added to the imports, by the names that it uses."""
    module, class_name, arguments = config.get("module"), class_name_of(config), config.get("config")
    if package_of(config) not in packages or not _is_path(class_name) or not isinstance(arguments, dict):
        return None
    if not all(_is_path(key) and "." not in key for key in arguments):
        return None
    name = f"{class_name}_{len(imports)}"
    imports[name] = f"from {module} import {class_name} as {name}"
    written = (f"{key}={_expression(value, packages, imports)}" for key, value in arguments.items())
    return f"{name}({', '.join(written)})"


def _expression(value: Json, packages: Collection[str], imports: dict[str, str]) -> str:
    match value:
        case {"class_name": "__tuple__", "items": [*items]}:
            return f"tuple({_expression(items, packages, imports)})"
        case {"class_name": str(name), "config": {"name": str(text)}} if name == POLICY:
            return repr(text)
        case {"class_name": str(name), "config": str(text)} if name in NAMES:
            return repr(text)
        case {"class_name": str(), "config": _}:
            return _call(value, packages, imports) or f"{next(iter(imports))}()"
        case dict():
            pairs = (f"{key!r}: {_expression(each, packages, imports)}" for key, each in value.items())
            return f"{{{', '.join(pairs)}}}"
        case list():
            return f"[{', '.join(_expression(each, packages, imports) for each in value)}]"
        case float():
            return f"float({str(value)!r})"  # which may be infinite
        case _:
            return repr(value)


def _is_path(text: Json) -> bool:
    """Tell whether a text is a name, or names with dots between them."""
    parts = text.split(".") if isinstance(text, str) else [""]
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in parts)
