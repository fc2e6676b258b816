"""Signs in a program of the version of Keras that it is written for: what it imports, names and writes.

The table of them is :mod:`layoutlint.knowledge.keras_versions`. What is guarded (``try: … except
ImportError``, ``if hasattr(…)``, ``if keras.__version__ …``) is for several versions and says nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from msgspec import Struct

from layoutlint.knowledge.keras_versions import (
    BACKENDS,
    DROPPED_CLASSES_OF_KERAS_1,
    HINTS,
    KEYWORDS_OF_KERAS_1,
    METHODS,
    METHODS_OF_KERAS_1,
    NAMES,
    ONLY_1,
    ONLY_2,
    OPTIMIZER_KEYWORDS,
    NamesOfVersions,
)
from layoutlint.layers.legacy import DIALECTS, SPELLINGS
from layoutlint.layers.registry import find
from layoutlint.layers.versions import taking
from layoutlint.model.keras_version import BEFORE_3, OPEN, KerasVersion, Version
from layoutlint.model.syntax_text import written

_TF_KERAS: Final = re.compile(r"^tensorflow\.(compat\.v2\.)?(keras\.api\.(_v2\.)?)?keras(?=\.|$)")
_GUARDS: Final = re.compile(r"version|hasattr|V1\b|V2\b|_tf2|is_tf|TF_?2|backend\(\)")
_MISSING: Final = re.compile(r"ImportError|ModuleNotFoundError|AttributeError")
_ANY: Final = re.compile(r"^(Base)?Exception$")
_ROOTS: Final = frozenset(names.split(".")[0] for row in (*NAMES, HINTS) for names in row.names.split())


class Sign(Struct, frozen=True):
    """Something that only some versions have: the words for it, and its line.

    A ``hint`` is weaker: TensorFlow still has it beside Keras 3, or it is an argument, maybe a mistaken one.
    """

    versions: frozenset[Version]
    words: str
    line: int
    hint: bool = False


@cache
def _known_names() -> dict[str, NamesOfVersions]:
    return {name: row for row in (*NAMES, HINTS) for name in row.names.split()}


def signs_in(tree: ast.Module) -> list[Sign]:
    """Return every sign in a module, the certain ones first, each in the order of the module."""
    found = [sign for sign in _Module(tree).signs() if sign.versions]
    return sorted(found, key=lambda sign: (sign.hint, sign.line))


def version_of(signs: Iterable[Sign], where: str = "") -> KerasVersion:
    """Return the version that the signs agree on; open where there are none, or where they contradict each
    other.

    ``where`` is the file for the reason.
    """
    agreed: frozenset[Version] | None = None
    deciding: Sign | None = None
    for sign in signs:
        if sign.hint and deciding is not None:
            break
        both = sign.versions if agreed is None else agreed & sign.versions
        if not both:
            return OPEN
        if deciding is None or len(both) < len(agreed or ()):
            deciding = sign
        agreed = both
    if deciding is None or not agreed:
        return OPEN
    # what Keras 1 alone has would have said so
    number = 2 if agreed == BEFORE_3 else min(agreed)
    place = f"{where}:{deciding.line}" if where else f"line {deciding.line}"
    return KerasVersion(number, f"{place} {deciding.words}")


class _Module:
    """One module under examination."""

    def __init__(self, tree: ast.Module) -> None:
        self.aliases: dict[str, str] = {}
        self.defined: set[str] = set()
        self.foreign: set[str] = set()
        """What is imported from anywhere else."""
        self.found: list[Sign] = []
        self.attributes: list[ast.Attribute | ast.Name] = []
        self.calls: list[ast.Call] = []
        self._collect(tree)

    def signs(self) -> Iterator[Sign]:
        yield from self.found
        for node in self.attributes:
            name = self._qualified(node)
            if name is not None:
                yield from _of_name(name, "uses", node.lineno)
        for call in self.calls:
            yield from self._of_call(call)

    def _collect(self, tree: ast.Module) -> None:
        waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
        while waiting:
            node, guarded = waiting.pop()
            kind = type(node)
            if kind is ast.Import or kind is ast.ImportFrom:
                self._import(node, guarded)  # type: ignore[arg-type]
                continue
            if kind in (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
                self.defined.add(node.name)  # type: ignore[attr-defined]
            elif isinstance(node, ast.Try):
                guarded_body = guarded or _may_be_missing(node)
                waiting += [(part, guarded_body) for part in (*node.body, *node.handlers, *node.orelse)]
                waiting += [(part, guarded) for part in node.finalbody]
                continue
            elif isinstance(node, ast.If) and _GUARDS.search(written(node.test)):
                guarded = True
            elif isinstance(node, ast.Attribute) and not guarded and _root(node) is not None:
                self.attributes.append(node)
                continue
            elif isinstance(node, ast.Call) and not guarded:
                self.calls.append(node)
            elif isinstance(node, ast.Assign) and not guarded:
                self._setting(node)
            waiting += [(child, guarded) for child in reversed(_parts(node))]

    def _import(self, node: ast.Import | ast.ImportFrom, guarded: bool) -> None:
        if isinstance(node, ast.ImportFrom) and (node.level or not node.module):
            return
        module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names:
            name = f"{module}{alias.name}"
            if name.split(".")[0] not in _ROOTS:
                self.foreign.add(alias.asname or alias.name.split(".")[0])
                continue
            if isinstance(node, ast.ImportFrom) or alias.asname:
                self.aliases[alias.asname or alias.name] = name
            else:
                self.aliases[name.split(".")[0]] = name.split(".")[0]
            if not guarded:
                self.found += _of_name(name, "imports", node.lineno)

    def _setting(self, node: ast.Assign) -> None:
        """``os.environ["KERAS_BACKEND"] = "torch"``."""
        if not isinstance(node.value, ast.Constant) or not isinstance(node.targets[0], ast.Subscript):
            return
        target, value = node.targets[0], str(node.value.value)
        name = target.slice.value if isinstance(target.slice, ast.Constant) else None
        if name == "KERAS_BACKEND" and value in BACKENDS:
            self.found.append(Sign(BACKENDS[value], f"sets KERAS_BACKEND to {value}", node.lineno))
        if name == "TF_USE_LEGACY_KERAS" and value in ("1", "True", "true"):
            self.found.append(Sign(ONLY_2, "sets TF_USE_LEGACY_KERAS", node.lineno))

    def _qualified(self, node: ast.expr) -> str | None:
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        root = self.aliases.get(node.id) if isinstance(node, ast.Name) else None
        return None if root is None else ".".join((root, *reversed(parts)))

    def _of_call(self, node: ast.Call) -> Iterator[Sign]:
        called = node.func
        last = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if last in self.defined or _root(called) in self.foreign:
            return
        name = self._qualified(called)
        if isinstance(called, ast.Attribute) and last in METHODS and name is None:
            yield Sign(METHODS[last], f"calls {last}", node.lineno)
        written = {keyword.arg for keyword in node.keywords}
        if written & METHODS_OF_KERAS_1.get(last, frozenset()):
            yield Sign(ONLY_1, f"gives {last} an argument of Keras 1", node.lineno)
        # what a star import brought has no qualified name
        spelled = _spelled(name or f"keras.layers.{last}")
        if not spelled.startswith("keras."):
            return
        if last in DIALECTS or last in SPELLINGS:
            for word in KEYWORDS_OF_KERAS_1:
                if word in written and not (word == "output_dim" and last == "Embedding"):
                    yield Sign(ONLY_1, f"gives {last} the {word} of Keras 1", node.lineno)
        is_layer = spelled.startswith("keras.layers.") and find(last) is not None
        for word in sorted(name for name in written if name is not None):
            versions = taking(SPELLINGS.get(last, last), word) if is_layer else None
            if word in OPTIMIZER_KEYWORDS and spelled.startswith("keras.optimizers."):
                versions = OPTIMIZER_KEYWORDS[word]
            if versions is not None:
                yield Sign(versions, f"gives {last} the argument {word}", node.lineno, hint=True)
        if name is not None and spelled.startswith("keras.") and last in DROPPED_CLASSES_OF_KERAS_1:
            yield Sign(ONLY_1, f"uses {last}, a layer of Keras 1", node.lineno)


def _parts(node: ast.AST) -> list[ast.AST]:
    """Return the syntax right below a node, in order, but for what can hold no sign."""
    found: list[ast.AST] = []
    for part in vars(node).values():
        if type(part) is list:
            found += [each for each in part if isinstance(each, ast.AST)]
        elif isinstance(part, ast.AST) and type(part) not in _LEAVES:
            found.append(part)
    return found


_LEAVES: Final = (ast.Load, ast.Store, ast.Name, ast.Constant)


def _may_be_missing(node: ast.Try) -> bool:
    """Tell whether a try statement is there because something may be missing."""
    only_imports = all(isinstance(part, ast.Import | ast.ImportFrom) for part in node.body)
    for handler in node.handlers:
        caught = "" if handler.type is None else written(handler.type)
        if _MISSING.search(caught) or (only_imports and (not caught or _ANY.match(caught))):
            return True
    return False


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _spelled(name: str) -> str:
    return _TF_KERAS.sub("keras", name)


def _of_name(name: str, verb: str, line: int) -> Iterator[Sign]:
    spelled = _spelled(name)
    parts = spelled.split(".")
    known = _known_names()
    for count in range(1, len(parts) + 1):
        prefix = ".".join(parts[:count])
        row = known.get(prefix)
        if row is None or (row.alone and spelled != name):
            continue
        written = prefix if spelled == name else f"tf.{prefix}"
        yield Sign(row.versions, f"{verb} {written}", line, hint=row is HINTS)
        return
