"""Configuration: ``[tool.layoutlint]`` of a ``pyproject.toml``, or a ``layoutlint.toml`` with the same keys.

The table :data:`KEYS` says which keys there are. All paths are relative to the configuration's file. Anything
else is an error: a misspelt key must not be a silent one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from layoutlint.interpreter.core.budget import BUDGET, MAX_BUDGET, SECONDS
from layoutlint.model.findings import Confidence, Severity
from layoutlint.model.keras_version import OPEN, VERSIONS, KerasVersion
from layoutlint.model.unreadable import brief
from layoutlint.run.display_paths import below
from layoutlint.run.exclusion import Exclusion, compiled
from layoutlint.run.reach import NotFollowedError, Reach, installed
from layoutlint.run.suppressions import Patterns
from layoutlint.system import regular_files


class ConfigurationError(Exception):
    """The configuration or an argument cannot be used; ``str(error)`` says which and why, in one line."""


class Configuration(Struct, frozen=True):
    """What a run judges and how; an empty ``select`` stands for all rules.

    ``with_tensorflow`` is no key of a file: a repository must not decide what is loaded to read it.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: Confidence = Confidence.MEDIUM
    fail_on: Severity = Severity.WARNING
    rules: tuple[Path, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = {}
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    per_layer_ignores: Mapping[str, tuple[str, ...]] = {}
    budget: float = BUDGET
    follow: tuple[str, ...] = ()
    knowledge: tuple[Path, ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    keras: KerasVersion = OPEN
    with_tensorflow: bool = False
    file: Path | None = None

    @property
    def exclusion(self) -> Exclusion:
        """What is excluded."""
        root = str(self.file.parent) if self.file is not None else ""
        return Exclusion(root, self.exclude, self.extend_exclude, self.force_exclude)

    @property
    def patterns(self) -> Patterns:
        """What is ignored by file and by layer."""
        root = self.file.parent if self.file is not None else None
        return Patterns(self.per_file_ignores, self.per_layer_ignores, root)

    @property
    def reach(self) -> Reach:
        """How far the evaluation of source goes.

        Raises ConfigurationError for a package that is not there, and for a mistake in a file of knowledge.
        """
        try:
            packages = installed(self.follow)
            return Reach(self.budget, packages, self._entries(), self.keras, self.with_tensorflow)
        except NotFollowedError as problem:
            raise ConfigurationError(f"follow: {problem}") from None

    def _entries(self) -> Mapping[str, Mapping[str, Any]]:
        if not self.knowledge:
            return {}
        from layoutlint.knowledge.loader import KnowledgeError, load

        try:
            return load(self.knowledge)
        except KnowledgeError as problem:
            raise ConfigurationError(str(problem)) from None


FILES = ("layoutlint.toml", "pyproject.toml")
"""The files that may hold a configuration; the first of a folder counts."""


def load(file: str) -> Configuration | None:
    """Return the configuration in a file; None where the file, or the table in a ``pyproject.toml``, is not
    there.

    Raises ConfigurationError.
    """
    data: bytes | None = None
    try:
        data = regular_files.read(file, regular_files.SMALL)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{_shown(file)}: {regular_files.words(error)}") from None
    in_project = os.path.basename(file) == "pyproject.toml"  # noqa: PTH119
    if data is None or (in_project and b"layoutlint" not in data):
        return None
    import tomllib

    try:
        text = data.decode("utf-8")
        document = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{_shown(file)}:{line}: not UTF-8 text") from None
    except ValueError as error:  # of TOML, or of a number with too many digits
        from layoutlint.run.toml_places import problem

        what, where = problem(error)
        raise ConfigurationError(f"{_shown(file, where)}: {what[:1].lower()}{what[1:]}") from None
    except RecursionError:
        raise ConfigurationError(f"{_shown(file)}: nested too deeply") from None
    table: Any = document
    if in_project:
        tool = document.get("tool")
        table = tool.get("layoutlint") if isinstance(tool, dict) else None
        if table is None:
            return None
        if not isinstance(table, dict):
            raise ConfigurationError(f"{_shown(file)}: tool.layoutlint must be a table")
    return read(table, Path(file), text)


def forced(file: str) -> Configuration:
    """Return the configuration in a file that was named. Raises ConfigurationError, also where
    there is none.
    """
    found = load(os.path.abspath(file))  # noqa: PTH100
    if found is None:
        there = os.path.isfile(file)  # noqa: PTH113
        raise ConfigurationError(
            f"{_shown(file)}: " + ("has no table [tool.layoutlint]" if there else "no such file")
        )
    return found


def _shown(file: str | Path, where: tuple[int, int] | None = None) -> str:
    """Return a file as people see it from the current folder, with the line and column."""
    name = below(str(file)) or str(file)
    return name if where is None else f"{name}:{where[0]}:{where[1]}"


def read(table: Mapping[str, Any], file: Path, text: str = "") -> Configuration:
    """Return the configuration that a table holds. Raises ConfigurationError with the file and the key, and
    with the line and column where the file's text tells them.
    """

    def mistake(what: str, *keys: str) -> ConfigurationError:
        from layoutlint.run.toml_places import place

        tables = ("tool", "layoutlint") if file.name == "pyproject.toml" else ()
        return ConfigurationError(f"{_shown(file, place(text, (*tables, *keys)))}: {what}")

    values: dict[str, Any] = {"file": file}
    for key, value in table.items():
        if key not in KEYS:
            raise mistake(_unknown(key), key)
        try:
            values[key.replace("-", "_")] = KEYS[key].read(value, file)
        except ValueError as error:
            raise mistake(f"{key} {error}", key) from None
    return Configuration(**values)


def changes(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what options change in a configuration: its keys with underscores, and their values as a file
    writes them; names may be one text with commas. Raises ConfigurationError.
    """
    found: dict[str, Any] = {}
    for name, value in options.items():
        key = name.replace("_", "-")
        if key not in KEYS:
            raise ConfigurationError(_unknown(key))
        given = str(value) if isinstance(value, Confidence | Severity) else value
        if KEYS[key].read in (_names, _globs, _folders, _paths):
            several = value.split(",") if isinstance(value, str) else value
            given = [os.fspath(item).strip() for item in several]
        try:
            found[name] = KEYS[key].read(given, Path("options"))
        except ValueError as error:
            raise ConfigurationError(f"{key} {error}") from None
    return found


def _unknown(key: str) -> str:
    import difflib

    near = difflib.get_close_matches(key, KEYS, n=1)
    way = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(KEYS)}"
    return f"unknown key {key[:80]!r}; {way}"


def _names(value: Any, file: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("must be a list of strings")
    return tuple(value)


def _seconds(value: Any, file: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MAX_BUDGET:
        raise ValueError(f"must be {SECONDS}")
    return float(value)


def _folders(value: Any, file: Path) -> tuple[Path, ...]:
    folders = tuple(file.parent / name for name in _names(value, file))
    for folder in folders:
        if not regular_files.holds(Path.is_dir, folder):
            raise ValueError(f"names a folder that does not exist: {brief(folder)}")
    return folders


def _paths(value: Any, file: Path) -> tuple[Path, ...]:
    paths = tuple(file.parent / name for name in _names(value, file))
    for path in paths:
        if not regular_files.holds(Path.exists, path):
            raise ValueError(f"names a file or folder that does not exist: {brief(path)}")
    return paths


def _globs(value: Any, file: Path) -> tuple[str, ...]:
    patterns = _names(value, file)
    for pattern in patterns:
        try:
            compiled((pattern,))
        except ValueError:
            raise ValueError(f"has a pattern that cannot be used: {pattern[:80]!r}") from None
    return patterns


def _flag(value: Any, file: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _word(grade: type[Confidence] | type[Severity]) -> Callable[[Any, Path], Any]:
    def read_word(value: Any, file: Path) -> Any:
        for member in grade:
            if value == str(member):
                return member
        raise ValueError(f"must be one of {', '.join(map(str, grade))}")

    return read_word


def _keras(value: Any, file: Path) -> KerasVersion:
    for version in VERSIONS:
        if value == str(version):
            return KerasVersion(version, f"{file.name} says so")
    raise ValueError(f"must be one of {', '.join(map(str, VERSIONS))}, in quotes")


def _parameters(value: Any, file: Path) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
        raise ValueError("must hold a table for each rule")
    return value


def _patterns(value: Any, file: Path) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError("must be a table of patterns and lists of rules")
    return {pattern: _names(names, file) for pattern, names in value.items()}


class Key(Struct, frozen=True):
    """A key: how its value is read, its type in words, what it does, and the JSON schema of its value.

    ``command`` is the option of ``check`` that overrides it, where there is one.
    """

    read: Callable[[Any, Path], Any]
    type: str
    meaning: str
    schema: Mapping[str, Any]
    command: str = ""


def _one_of(words: Iterable[str]) -> tuple[str, Mapping[str, Any]]:
    """Return the type in words and the schema of a value that is one of some words."""
    known = list(words)
    return ", ".join(f'`"{word}"`' for word in known), {"enum": known}


_STRINGS: Final = {"type": "array", "items": {"type": "string"}}
_TABLE_OF_STRINGS: Final = {"type": "object", "additionalProperties": _STRINGS}
_GRADES: Final = _one_of(map(str, Confidence))
_SEVERITIES: Final = _one_of(map(str, Severity))
_VERSIONS: Final = _one_of(map(str, VERSIONS))

KEYS: Final[Mapping[str, Key]] = {
    "select": Key(
        _names, "list", "run only these [rules](#choosing-rules); default: all", _STRINGS, "--select"
    ),
    "ignore": Key(_names, "list", "leave these rules out", _STRINGS, "--ignore"),
    "min-confidence": Key(
        _word(Confidence),
        _GRADES[0],
        'report only findings of this confidence or above; default `"medium"`',
        _GRADES[1],
        "--min-confidence",
    ),
    "fail-on": Key(
        _word(Severity),
        _SEVERITIES[0],
        'exit with 1 for findings of this severity or above; default `"warning"`',
        _SEVERITIES[1],
        "--fail-on",
    ),
    "exclude": Key(
        _globs, "list of patterns", "leave these files and folders out, instead of the default list", _STRINGS
    ),
    "extend-exclude": Key(_globs, "list of patterns", "leave these out as well", _STRINGS),
    "force-exclude": Key(
        _flag,
        "`true`, `false`",
        "leave them out even if they are named on the command line; default `false`",
        {"type": "boolean"},
    ),
    "rules": Key(_folders, "list of folders", "[house rules](house-rules.md)", _STRINGS),
    "parameters": Key(
        _parameters,
        "table of tables",
        "the parameters of rules, by rule: `parameters.conv-single-step`",
        {"type": "object", "additionalProperties": {"type": "object"}},
    ),
    "per-file-ignores": Key(
        _patterns, "table of lists", "[rules to ignore by file](suppression.md)", _TABLE_OF_STRINGS
    ),
    "per-layer-ignores": Key(
        _patterns, "table of lists", "[rules to ignore by layer](suppression.md)", _TABLE_OF_STRINGS
    ),
    "follow": Key(
        _names,
        "list",
        "[installed packages whose imports are followed](reach.md)",
        _STRINGS,
        "--follow",
    ),
    "budget": Key(
        _seconds,
        "number",
        f"seconds that one source may take; default {BUDGET:g}",
        {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_BUDGET},
        "--budget",
    ),
    "keras": Key(
        _keras,
        _VERSIONS[0],
        "[the version of Keras that the code is for](keras-versions.md); found out by default",
        _VERSIONS[1],
        "--keras",
    ),
    "knowledge": Key(
        _paths, "list of paths", "[what the arrays of your own loaders mean](knowledge.md)", _STRINGS
    ),
}
"""The keys that a configuration may have, in the order of the documentation."""


def named_rules(configuration: Configuration) -> Iterator[str]:
    """Yield every rule, group and pattern that the configuration names: each must stand for a rule."""
    yield from configuration.select
    yield from configuration.ignore
    yield from configuration.parameters
    for table in (configuration.per_file_ignores, configuration.per_layer_ignores):
        for names in table.values():
            yield from names
