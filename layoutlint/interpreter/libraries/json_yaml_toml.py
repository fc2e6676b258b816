"""Configuration that a program opens by a literal path next to it: JSON, YAML and TOML.

The files are parsed as data, never as code: YAML by its safe loader whatever the program uses, within bounds
on bytes, values and depth.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from typing import TypeAlias

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Library
from layoutlint.interpreter.core.plain import is_plain
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Unknown, Value
from layoutlint.interpreter.libraries.paths import near, path

MAX_BYTES = 256 * 1024
MAX_BYTES_SLOWLY = 16 * 1024
"""For YAML where only the parser in Python is there."""
MAX_VALUES = 20_000
MAX_DEPTH = 40


Parser: TypeAlias = Callable[[bytes], object]
"""What makes data of a file; ``_value`` says which data."""


class TooMuchError(Exception):
    """The file holds more than is worth reading."""


def _json(content: bytes) -> object:
    return json.loads(content)


def _toml(content: bytes) -> object:
    return tomllib.loads(content.decode("utf-8"))


def _yaml(content: bytes) -> object:
    import yaml

    fast = getattr(yaml, "CSafeLoader", None)
    if fast is None and len(content) > MAX_BYTES_SLOWLY:
        raise TooMuchError
    if _nests_deeply(content):
        raise TooMuchError
    return yaml.load(content, fast or yaml.SafeLoader)


def _nests_deeply(content: bytes) -> bool:
    """Return whether a text may nest deeper than a parser that calls itself should go."""
    return content.count(b"[") + content.count(b"{") > MAX_VALUES or any(
        line[:1] in b" -" and len(line) - len(line.lstrip(b" -")) > 4 * MAX_DEPTH
        for line in content.splitlines()
    )


def _loader(parse: Parser) -> Handler:
    """Return the handler of a function that reads a text or an opened file."""

    def run(site: Site, arguments: Arguments) -> Value:
        source = arguments.positional[0] if arguments.positional else None
        if isinstance(source, str):
            try:
                return _value(site.evaluator, parse(source[:MAX_BYTES].encode()))
            except (ValueError, TooMuchError, RecursionError, _yaml_error()):
                return site.lost("a text that cannot be read")
        if not isinstance(source, LibraryObject):
            return site.lost("the configuration is not known")
        found = near(site.evaluator, source, MAX_BYTES)
        if found is None:
            return site.lost("a file that is not next to the program")
        try:
            return _value(site.evaluator, parse(site.graph.reads.read(str(found))))
        except (OSError, ValueError, TooMuchError, RecursionError, _yaml_error()) as problem:
            return site.lost(f"{found.name} cannot be read: {type(problem).__name__}")

    return run


def _from_path(parse: Parser) -> Handler:
    """Return the handler of a loader that takes a path: ``toml.load("settings.toml")``."""
    load = _loader(parse)

    def run(site: Site, arguments: Arguments) -> Value:
        source = arguments.positional[0] if arguments.positional else None
        if isinstance(source, str):
            source = path(site, source)
        return load(site, Arguments((source,)))

    return run


def _yaml_error() -> type[Exception]:
    import sys

    yaml = sys.modules.get("yaml")
    return yaml.YAMLError if yaml is not None else TooMuchError


def _value(ev: Evaluator, parsed: object) -> Value:
    """Return what was parsed as the interpreter's own values. Raises TooMuchError past the bounds."""
    count = 0

    def converted(value: object, depth: int) -> Value:
        nonlocal count
        count += 1
        if count > MAX_VALUES or depth > MAX_DEPTH:
            raise TooMuchError
        match value:
            case dict():
                made: dict[Value, Value] = {}
                for key, item in value.items():
                    if isinstance(key, str | int | float):
                        made[key] = converted(item, depth + 1)
                return ev.journal.born(made)
            case list():
                return ev.journal.born([converted(item, depth + 1) for item in value])
            case None | str() | bool() | int() | float():
                return value
            case _:
                return Unknown(reason="a value that is not followed")

    return converted(parsed, 0)


def _dumped(site: Site, arguments: Arguments) -> Value:
    """Return ``json.dumps(value)``, where all of the value is known."""
    value = arguments.get(0, "obj")
    if arguments.open or not is_plain(value):
        return site.lost("the text of something unknown")
    try:
        text = json.dumps(value)
    except (ValueError, TypeError, RecursionError):
        return site.lost("Python would raise here")
    return text if len(text) <= MAX_BYTES else site.lost("a very long text")


_FUNCTIONS: dict[str, Handler] = {
    "json.dumps": _dumped,
    "json.load": _loader(_json),
    "json.loads": _loader(_json),
    "tomllib.load": _loader(_toml),
    "tomllib.loads": _loader(_toml),
    "tomli.load": _loader(_toml),
    "tomli.loads": _loader(_toml),
    "toml.load": _from_path(_toml),
    "toml.loads": _loader(_toml),
    **{f"yaml.{name}": _loader(_yaml) for name in ("load", "safe_load", "full_load", "unsafe_load")},
}


LIBRARY = Library("json_yaml_toml", functions=_FUNCTIONS)
