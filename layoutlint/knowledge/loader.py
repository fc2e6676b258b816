"""Files of the knowledge base, read and checked: our own, and those that a configuration names.

The form of an entry is documented in ``docs/knowledge.md``. A file of a user is input like any other: nothing
of it is run, its size is bounded, and every mistake in it is one line with its place.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from layoutlint.layers.spec import Parameters
from layoutlint.model.syntax_text import expression_of
from layoutlint.model.unreadable import brief
from layoutlint.system.regular_files import read, words

Entries: TypeAlias = Mapping[str, Mapping[str, Any]]
"""What is known of functions, by their qualified names."""

ENDINGS: Final = (".yaml", ".yml")
MAX_BYTES: Final = 262_144
MAX_NODES: Final = 50_000
"""Values of one file, those behind aliases counted as often as they stand."""

KEYS: Final = ("source", "parameters", "cases", "returns")
ROLES: Final = (
    "batch",
    "samples",
    "steps",
    "channels",
    "height",
    "width",
    "depth",
    "features",
    "frames",
    "tokens",
    "documents",
    "vocabulary",
    "labels",
)
LEADING: Final = "..."
"""In place of a role: all axes of the named argument but its last."""
BELOW: Final = "below"
"""In place of a role: the values are whole numbers from 0 up to, and without, this one."""
PIXELS: Final = "pixels"
"""In place of a role: the values are those of images, 0 to 255, and their colours come in this order."""
COLOURS: Final = ("RGB", "BGR", "grey")

SETTINGS: Final = ("image_data_format",)
"""In ``when`` in place of an argument: what Keras is configured to."""

OPERATORS: Final = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv)


class KnowledgeError(Exception):
    """A file cannot be used; ``str(error)`` says which, where and why, in one line."""


def load(paths: Iterable[Path]) -> Entries:
    """Return the entries of all files, and of all ``*.yaml`` and ``*.yml`` in folders; a later
    one counts.

    Raises KnowledgeError.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for file in files(paths):
        try:
            status = file.stat()
        except OSError as error:
            raise KnowledgeError(f"{file}: {words(error)}") from None
        found.update(_read(file, status.st_size, max(status.st_mtime_ns, status.st_ctime_ns)))
    return found


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that paths of files and folders stand for, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in ENDINGS and file.is_file())
        else:
            yield path


@lru_cache(maxsize=64)
def _read(file: Path, size: int, changed: int) -> Entries:
    """Return the entries of one file as it was when it had this size and time."""
    try:
        text = read(file, MAX_BYTES).decode("utf-8")
    except OSError as error:
        raise KnowledgeError(f"{file}: {words(error)}") from None
    except UnicodeDecodeError:
        raise KnowledgeError(f"{file}: not UTF-8 text") from None
    return parse(text, str(file))


def parse(text: str, path: str) -> Entries:
    """Return the entries that a file's text is. Raises KnowledgeError with the line of the first mistake."""
    import yaml

    try:
        root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if root is None:
            return {}
        _count(root, path)
        entries = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = 1 if error.problem_mark is None else error.problem_mark.line + 1
        raise KnowledgeError(f"{path}:{line}: {brief(error.problem or error.context)}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise KnowledgeError(f"{path}: {brief(error)}") from None
    if not isinstance(entries, dict):
        raise KnowledgeError(f"{path}:1: a mapping of functions to what they return is needed")
    lines: dict[str, int] = {}
    for key, _ in root.value:
        line, name = key.start_mark.line + 1, key.value
        if name in lines:
            raise KnowledgeError(f"{path}:{line}: {brief(name)} appears a second time")
        lines[name] = line
    for name, entry in entries.items():
        try:
            _Entry(name, entry).check()
        except KnowledgeError as problem:
            raise KnowledgeError(f"{path}:{lines.get(name, 1)}: {brief(name)}: {brief(problem)}") from None
    return entries


def _count(root: Any, path: str) -> None:
    """Raise KnowledgeError for more values than a file may have, or one that holds itself."""
    waiting, seen = [root], 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > MAX_NODES:
            raise KnowledgeError(f"{path}: more than {MAX_NODES} values")
        if isinstance(node.value, list):
            for item in node.value:
                waiting.extend(item if isinstance(item, tuple) else (item,))


class _Entry:
    """One entry under examination."""

    def __init__(self, name: Any, entry: Any) -> None:
        self.name, self.entry = name, entry
        self.parameters: frozenset[str] | None = None
        """The names of the arguments; None where the entry does not give them."""

    def check(self) -> None:
        if not _is_qualified(self.name):
            raise KnowledgeError("the name of a function is written with its module: package.module.function")
        if not isinstance(self.entry, dict):
            raise KnowledgeError("an entry is a mapping with `returns`")
        for key in self.entry:
            if key not in KEYS:
                raise KnowledgeError(f"no key `{key}` here; there are {', '.join(KEYS)}")
        if "returns" not in self.entry:
            raise KnowledgeError("there is no `returns`; `returns: null` says that nothing is known")
        if not isinstance(self.entry.get("source", ""), str):
            raise KnowledgeError("`source` is a text")
        if "parameters" in self.entry:
            self._read_parameters(self.entry["parameters"])
        cases = self.entry.get("cases", [])
        if not isinstance(cases, list):
            raise KnowledgeError("`cases` is a list")
        for case in cases:
            self._check_case(case)
        self._check_result(self.entry["returns"])

    def _read_parameters(self, written: Any) -> None:
        if not isinstance(written, str):
            raise KnowledgeError("`parameters` is a text: a signature without brackets")
        try:
            parameters = Parameters(written)
            self.parameters = parameters.names
            parameters.defaults  # noqa: B018 (a default that is no literal raises)
        except (SyntaxError, ValueError, AssertionError, RecursionError, MemoryError):
            raise KnowledgeError(f"`parameters` is not a signature: {written}") from None

    def _check_case(self, case: Any) -> None:
        if not isinstance(case, dict) or set(case) != {"when", "returns"}:
            raise KnowledgeError("a case has `when` and `returns`")
        if not isinstance(case["when"], dict) or not case["when"]:
            raise KnowledgeError("`when` is a mapping of arguments to values")
        for name, wanted in case["when"].items():
            if name not in SETTINGS:
                self._check_argument(name)
            for value in wanted if isinstance(wanted, list) else [wanted]:
                if not isinstance(value, str | int | float | bool | type(None)):
                    raise KnowledgeError(f"`when` compares {name} with {value!r}, which is not a value")
        self._check_result(case["returns"])

    def _check_argument(self, name: Any) -> None:
        if not isinstance(name, str) or not name.isidentifier():
            raise KnowledgeError(f"{name!r} is not an argument")
        if self.parameters is None:
            raise KnowledgeError(f"{name} is an argument, but the entry has no `parameters`")
        if name not in self.parameters:
            raise KnowledgeError(f"{name} is not among the `parameters`")

    def _check_result(self, written: Any) -> None:
        if written is None or written == "number":
            return
        if isinstance(written, str):
            if written.startswith("like "):
                self._check_argument(written.removeprefix("like "))
            elif not _is_qualified(written):
                raise KnowledgeError(f"{written!r} is not a value to return: an object is package.Class")
        elif isinstance(written, list):
            for part in written:
                self._check_result(part)
        elif isinstance(written, dict):
            self._check_mapping(written)
        else:
            raise KnowledgeError(f"{written!r} is not a value to return")

    def _check_mapping(self, written: dict[Any, Any]) -> None:
        if "fields" in written or "element" in written:
            kind, inside = written.get("object"), written.get("fields", {})
            unknown = set(written) - {"object", "fields", "element"}
            if unknown:
                raise KnowledgeError(f"no key `{min(map(str, unknown))}` beside `fields`")
            if kind is not None and not _is_qualified(kind):
                raise KnowledgeError("`object` is a class: package.Class")
            if not isinstance(inside, dict) or not all(isinstance(name, str) for name in inside):
                raise KnowledgeError("`fields` is a mapping of attributes")
            for part in (*inside.values(), written.get("element")):
                self._check_result(part)
            return
        for role, size in written.items():
            if role == LEADING:
                self._check_argument(size)
            elif role == PIXELS:
                if size not in COLOURS:
                    raise KnowledgeError(f"`pixels` is one of {', '.join(COLOURS)}")
            elif role != BELOW and role not in ROLES:
                raise KnowledgeError(f"unknown role {role}; the roles are {', '.join(ROLES)}")
            else:
                self._check_size(size)

    def _check_size(self, written: Any) -> None:
        if written is None or written == "free" or (type(written) is int and written >= 0):
            return
        if not isinstance(written, str):
            raise KnowledgeError(f"{written!r} is not a size")
        try:
            expression = expression_of(written)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise KnowledgeError(f"{written!r} is not a size") from None
        self._check_expression(expression, written)

    def _check_expression(self, node: ast.expr, written: str) -> None:
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return
        if isinstance(node, ast.BinOp) and isinstance(node.op, OPERATORS):
            self._check_expression(node.left, written)
            self._check_expression(node.right, written)
        elif isinstance(node, ast.Name):
            self._check_argument(node.id)
        elif isinstance(node, ast.Subscript) and _is_index(node.slice):
            inner = node.value
            if isinstance(inner, ast.Attribute) and inner.attr == "shape":
                inner = inner.value
            if not isinstance(inner, ast.Name):
                raise KnowledgeError(f"{written!r} is not a size")
            self._check_argument(inner.id)
        else:
            raise KnowledgeError(f"{written!r} is not a size: numbers, arguments, x.shape[0], + - * //")


def _is_index(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) is int


def _is_qualified(name: Any) -> bool:
    parts = name.split(".") if isinstance(name, str) else []
    return len(parts) > 1 and all(part.isidentifier() for part in parts)
