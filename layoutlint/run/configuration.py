"""Configuration: ``[tool.layoutlint]`` of the nearest ``pyproject.toml``.

Keys: ``select`` and ``ignore`` (names of rules), ``min-confidence`` (low, medium, high), ``fail-on`` (note,
warning, error), ``rules`` (folders of house rules, relative to the file), ``budget`` (seconds that a source
may take), ``follow`` (installed packages whose imports are followed), ``knowledge`` (files, or folders of
files, that say what the arrays of the user's own functions mean), ``keras`` (the version of Keras that the
code is for: "1", "2" or "3"), and a table ``parameters.RULE``
for each rule whose parameters are set; the tables ``per-file-ignores`` and ``per-layer-ignores`` give the
rules to ignore for a pattern of files or of layers. Anything else is an error: a misspelt key must not be a
silent one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from layoutlint.interpreter.core.budget import BUDGET, MAX_BUDGET, SECONDS
from layoutlint.model.findings import Confidence, Severity
from layoutlint.model.keras_version import OPEN, VERSIONS, KerasVersion
from layoutlint.model.unreadable import brief
from layoutlint.run.reach import NotFollowedError, Reach, installed
from layoutlint.run.suppressions import Patterns
from layoutlint.system import regular_files


class ConfigurationError(Exception):
    """The configuration or an argument cannot be used; ``str(error)`` says which and why, in one line."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a run judges and how; an empty ``select`` stands for all rules."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: Confidence = Confidence.MEDIUM
    fail_on: Severity = Severity.WARNING
    rules: tuple[Path, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_layer_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    budget: float = BUDGET
    follow: tuple[str, ...] = ()
    knowledge: tuple[Path, ...] = ()
    keras: KerasVersion = OPEN
    file: Path | None = None

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
            return Reach(self.budget, installed(self.follow), self._entries(), self.keras)
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


def nearest(paths: Sequence[str]) -> Configuration:
    """The configuration for these paths: the nearest at or above the folder that contains them all.

    The defaults where there is none. Raises ConfigurationError.
    """
    folder = common_folder(paths)
    for candidate in (folder, *folder.parents):
        found = _table(candidate / "pyproject.toml")
        if found is not None:
            return read(found, candidate / "pyproject.toml")
    return Configuration()


def common_folder(paths: Sequence[str]) -> Path:
    """The deepest folder that contains every path; the current one for standard input."""
    folders: list[Path] = []
    for path in paths:
        absolute = Path.cwd() if path == "-" else Path(path).absolute()
        is_folder = os.path.isdir(absolute)  # noqa: PTH112 (no error for an impossible name)
        folders.append(absolute if is_folder else absolute.parent)
    first, *others = folders or [Path.cwd()]
    return next(
        folder for folder in (first, *first.parents) if all(other.is_relative_to(folder) for other in others)
    )


def _table(file: Path) -> Mapping[str, Any] | None:
    """``[tool.layoutlint]`` of a file; None where the file or the table is not there."""
    try:
        data = regular_files.read(file, regular_files.SMALL)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigurationError(f"{file}: {regular_files.words(error)}") from None
    if b"layoutlint" not in data:
        return None
    import tomllib

    try:
        document = tomllib.loads(data.decode())
    except ValueError as error:  # of TOML, of UTF-8, or of a number with too many digits
        raise ConfigurationError(f"{file}: {brief(error)}") from None
    except RecursionError:
        raise ConfigurationError(f"{file}: nested too deeply") from None
    tool = document.get("tool")
    table = tool.get("layoutlint") if isinstance(tool, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise ConfigurationError(f"{file}: tool.layoutlint must be a table")
    return table


def read(table: Mapping[str, Any], file: Path) -> Configuration:
    """The configuration that a table holds. Raises ConfigurationError with the file and the key."""
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise ConfigurationError(
            f"{file}: unknown key {brief(unknown[0])} in [tool.layoutlint]; the keys are {', '.join(_KEYS)}"
        )
    values: dict[str, Any] = {"file": file}
    for key, value in table.items():
        try:
            values[key.replace("-", "_")] = _KEYS[key](value, file)
        except ValueError as error:
            raise ConfigurationError(f"{file}: {key} {brief(error)}") from None
    return Configuration(**values)


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
        if not folder.is_dir():
            raise ValueError(f"names a folder that is not there: {folder}")
    return folders


def _paths(value: Any, file: Path) -> tuple[Path, ...]:
    paths = tuple(file.parent / name for name in _names(value, file))
    for path in paths:
        if not path.exists():
            raise ValueError(f"names a file or folder that is not there: {path}")
    return paths


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


_KEYS: Mapping[str, Callable[[Any, Path], Any]] = {
    "select": _names,
    "ignore": _names,
    "min-confidence": _word(Confidence),
    "fail-on": _word(Severity),
    "rules": _folders,
    "parameters": _parameters,
    "per-file-ignores": _patterns,
    "per-layer-ignores": _patterns,
    "budget": _seconds,
    "follow": _names,
    "knowledge": _paths,
    "keras": _keras,
}


def named_rules(configuration: Configuration) -> Iterator[str]:
    """Every rule name that the configuration mentions: each must exist."""
    yield from configuration.select
    yield from configuration.ignore
    yield from configuration.parameters
    for table in (configuration.per_file_ignores, configuration.per_layer_ignores):
        for names in table.values():
            yield from names
