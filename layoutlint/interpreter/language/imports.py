"""Imports: project modules are followed, everything else becomes a qualified name."""

from __future__ import annotations

import ast
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.limits import MAX_PATH
from layoutlint.interpreter.core.outcomes import Apart, ProgramError
from layoutlint.interpreter.core.registry import Registry
from layoutlint.interpreter.core.scenarios import followed_to
from layoutlint.interpreter.core.values import Deferred, External, ModuleValue, Scope, Unknown, Value
from layoutlint.interpreter.language.canonical_names import canonical, is_merge
from layoutlint.interpreter.language.module_files import (
    MAX_BYTES,
    MAX_FOUND,
    looked_into,
    module_path,
    package_path,
    registers,
    roots,
)
from layoutlint.knowledge.libraries import KNOWN_BY_NAME
from layoutlint.layers.registry import find
from layoutlint.model.origins import SourceFile
from layoutlint.model.reads import MISSING, Reads, content_of
from layoutlint.model.syntax_text import nodes_of, syntax_of
from layoutlint.model.unreadable import UnreadableError

MAX_MODULES = 60
"""So many modules of the program are evaluated for one file."""
_MISSING = Unknown()
SUBMODULES = {
    module: frozenset(names.split())
    for module, names in {
        "keras": "activations applications backend callbacks constraints datasets initializers layers losses "
        "metrics models ops optimizers preprocessing random regularizers utils",
        "tensorflow": "keras data image io linalg math nn random signal strings",
        "keras.applications": "convnext densenet efficientnet efficientnet_v2 imagenet_utils mobilenet "
        "inception_resnet_v2 inception_v3 mobilenet_v2 mobilenet_v3 resnet resnet50 resnet_v2 vgg16 vgg19 "
        "nasnet xception",
        "keras.datasets": "boston_housing california_housing cifar10 cifar100 fashion_mnist imdb mnist "
        "reuters",
        "keras.preprocessing": "image sequence text",
        "keras.utils": "np_utils",
    }.items()
}
"""The modules that a star import of another module brings."""


Parse = Callable[[SourceFile], ast.Module]
"""What makes the syntax of a module; raises as :func:`layoutlint.model.syntax_text.syntax_of` does, or
UnreadableError."""

Imports: TypeAlias = tuple[ast.Import | ast.ImportFrom, ...]


def syntax_of_file(file: SourceFile) -> ast.Module:
    """Return the syntax of a source without mistakes in it."""
    return syntax_of(file.text)


class Importer:
    """Finds the modules of the program that a file belongs to, and evaluates each once, when it is first
    needed. Those of the installed ``packages`` count as the program's own.

    Most of what a file imports has nothing to do with its models: ``from utils import log`` costs nothing
    until ``log`` is used.
    """

    def __init__(
        self,
        path: Path | None,
        packages: Sequence[Path] = (),
        reads: Reads | None = None,
        parse: Parse = syntax_of_file,
    ) -> None:
        self._reads = reads if reads is not None else Reads()
        self._parse = parse
        self._path = path.resolve() if path is not None else None
        self._modules: dict[Path, ModuleValue] = {}
        self._pending: dict[int, Path] = {}
        self._absent: set[int] = set()
        self.assigned: dict[str, Value] = {}
        """What the program put into packages from outside: ``tf.model = Sequential()``."""
        self._evaluated = 0
        self._found: dict[str, Path | None] = {}
        self._packages = {
            package.stem if package.suffix == ".py" else package.name: package for package in packages
        }
        self._roots, self._only = roots(self._path, self._reads) if self._path is not None else ([], None)

    # ------------------------------------------------------------------ statements

    def module(self, ev: Evaluator, name: str, scope: Scope) -> Value:
        """``import name``."""
        found = self._find(name)
        if found is not None:
            return self._load(ev, found, name)
        return External(canonical(name))

    def member(self, ev: Evaluator, node: ast.ImportFrom, name: str, scope: Scope) -> Value:
        """``from module import name``."""
        match self._resolve(ev, node, scope):
            case ModuleValue() as module:
                if module.file.path.endswith("__init__.py"):
                    inside = self._find(f"{module.name}.{name}")
                    if inside is not None and registers(inside, self._reads):
                        self._load(ev, inside, f"{module.name}.{name}")
                return Deferred(module, name)
            case External() as module:
                return self.attribute(ev, module, name)
            case _:
                return Unknown(name, ev.origin(node, scope), f"the module of {name} is not found")

    def star(self, ev: Evaluator, node: ast.ImportFrom, scope: Scope) -> None:
        """``from module import *``."""
        into = scope.module.star_imports if scope.module is not None else []
        match self._resolve(ev, node, scope):
            case ModuleValue() as module:
                self._run(ev, module)
                if id(module) in self._absent:
                    into.append(canonical(module.name))
                for name, value in module.scope.variables.items():
                    if not name.startswith("_"):
                        ev.bind(name, value, scope)
                into.extend(module.star_imports)
            case External(name):
                into.append(name)
            case _:
                pass  # a folder that nobody knows

    def from_stars(self, ev: Evaluator, name: str, scope: Scope) -> Value:
        """Return what a name means that only a star import can have brought; None if none can."""
        for module in scope.module.star_imports if scope.module is not None else ():
            qualified = canonical(f"{module}.{name}")
            if _exports(ev.registry, module, name, qualified):
                return External(qualified)
        return None

    def may_be_missing(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> bool:
        """Tell whether an import may fail: what is no framework and neither Python's nor the
        project's own.
        """
        if isinstance(node, ast.ImportFrom):
            names = [] if node.level else [node.module or ""]
        else:
            names = [alias.name for alias in node.names]
        return any(
            top not in KNOWN_BY_NAME and top not in sys.stdlib_module_names and self._find(top) is None
            for top in (name.split(".")[0] for name in names)
        )

    # ------------------------------------------------------------------ attributes

    def attribute(self, ev: Evaluator, value: External, name: str) -> Value:
        """``numpy.pi``, ``keras.layers``."""
        if len(value.name) > MAX_PATH:
            return Unknown(reason="nested too deeply to follow")
        qualified = canonical(f"{value.name}.{name}")
        if name == "__name__":
            return value.name.rsplit(".", 1)[-1]
        if qualified in self.assigned:
            return self.assigned[qualified]
        known = ev.registry.attribute(value.name)
        found = known(ev, name) if known is not None else None
        return ev.registry.constant(qualified, External(qualified)) if found is None else found

    def assign(self, ev: Evaluator, value: External, name: str, assigned: Value) -> None:
        """Set an attribute of a package from outside."""
        ev.journal.touch(self.assigned)
        self.assigned[canonical(f"{value.name}.{name}")] = assigned

    def module_member(self, ev: Evaluator, module: ModuleValue, name: str) -> Value:
        """Return a name of a followed module: a variable, a submodule, or something that a star import
        brought into it.
        """
        self._run(ev, module)
        for _ in range(MAX_MODULES):
            value = module.scope.variables.get(name, _MISSING)
            if not isinstance(value, Deferred):
                break
            if value.module is module and value.name == name:
                break  # a package that imports its own module: from package import module
            # a name that a package exports again: from .layers import Block
            module, name = value.module, value.name
            self._run(ev, module)
        if value is not _MISSING and not isinstance(value, Deferred):
            return value
        found = self._find(f"{module.name}.{name}")
        if found is not None:
            return self._load(ev, found, f"{module.name}.{name}")
        if id(module) in self._absent:
            return External(canonical(f"{module.name}.{name}"))
        value = self.from_stars(ev, name, module.scope)
        return value if value is not None else Unknown(name, None, f"{module.name} has no {name}")

    def resolve(self, ev: Evaluator, deferred: Deferred) -> Value:
        """Return what a name that was imported from a followed module stands for."""
        return self.module_member(ev, deferred.module, deferred.name)

    # ------------------------------------------------------------------ finding and loading

    def own_modules(self, tree: ast.Module, characters: int) -> list[Path]:
        """Return the program's own modules that a module imports, and those that they import, nearest first,
        as far as they have no more than so many ``characters`` together.
        """
        found: dict[Path, None] = {}
        waiting = deque([(self._path, _imports_in(tree))])
        while waiting and len(found) < MAX_MODULES:
            importing, imports = waiting.popleft()
            for path in self._imported(importing, imports):
                if path not in found and path != self._path and characters > 0:
                    found[path] = None
                    known = looked_into(path, self._reads, partial(_importing, self._parse))
                    if known is not None:
                        characters -= known.characters
                        waiting.append((path, known.imports))
        return list(found)

    def _imported(self, importing: Path | None, imports: Imports) -> Iterator[Path]:
        for node in imports:
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif not node.level and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif node.level and importing is not None:
                yield from self._beside(importing, node)
            for name in names:
                if name.split(".")[0] not in KNOWN_BY_NAME and (path := self._find(name)) is not None:
                    yield path

    def _beside(self, importing: Path, node: ast.ImportFrom) -> Iterator[Path]:
        folder = importing.parents[min(node.level, len(importing.parents)) - 1]
        parts = node.module.split(".") if node.module else []
        for inside in ([], *([alias.name] for alias in node.names)):
            path = module_path(folder, [*parts, *inside], self._reads) if parts or inside else None
            if path is not None:
                yield path

    def _resolve(self, ev: Evaluator, node: ast.ImportFrom, scope: Scope) -> Value:
        if not node.level:
            return self.module(ev, node.module or "", scope)
        file = Path(scope.module.file.path) if scope.module is not None else self._path
        if self._path is None or file is None:
            return Unknown()
        folder = file.resolve().parent
        for _ in range(node.level - 1):
            folder = folder.parent
        parts = (node.module or "").split(".") if node.module else []
        found = module_path(folder, parts, self._reads) if parts else package_path(folder, self._reads)
        if found is None:
            return External(canonical(self._dotted(folder, parts)))
        return self._load(ev, found, self._dotted(folder, parts))

    def _dotted(self, folder: Path, parts: list[str]) -> str:
        for root in (*(package.parent for package in self._packages.values()), *self._roots):
            if folder.is_relative_to(root):
                return ".".join((*folder.relative_to(root).parts, *parts))
        return ".".join(parts) or folder.name

    def _find(self, name: str) -> Path | None:
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> Path | None:
        parts = name.split(".")
        if parts[0] in self._packages:
            return module_path(self._packages[parts[0]].parent, parts, self._reads)
        for root in self._roots:
            found = module_path(root, parts, self._reads)
            if found is None:
                continue
            if parts[0] in KNOWN_BY_NAME and (self._path is None or found.parent != self._path.parent):
                return None  # a framework's own modules are known by name, not followed
            if self._only is not None and not found.is_relative_to(self._only):
                return None
            return found
        return None

    def texts(self) -> Iterator[str]:
        """Return the texts of the modules that were read."""
        return (module.file.text for module in self._modules.values())

    def _load(self, ev: Evaluator, path: Path, name: str) -> Value:
        if path in self._modules:
            return self._modules[path]
        if path == self._path or len(self._modules) >= MAX_FOUND:
            return External(canonical(name))
        module = ModuleValue(
            name, SourceFile(str(path), ""), Scope({"__name__": name, "__file__": str(path)})
        )
        module.scope.module = module
        self._modules[path] = module
        self._pending[id(module)] = path
        if registers(path, self._reads):
            # what it does while it is imported counts, whether or not a name of it is ever used
            self._run(ev, module)
        return module

    def _run(self, ev: Evaluator, module: ModuleValue) -> None:
        """Evaluate a module's statements, if that has not been done."""
        path = self._pending.pop(id(module), None)
        if path is None:
            return
        # parsing takes time and no steps: a program that imports much must not outlive its budget by it
        affordable = self._evaluated < MAX_MODULES and not ev.is_exhausted
        known = parsed(path, self._reads, self._parse) if affordable else None
        if known is None:
            self._absent.add(id(module))
            return
        self._evaluated += 1
        module.file, tree = known
        conditions, ev.conditions = ev.conditions, []
        known_functions, known_classes, known_objects = len(ev.functions), len(ev.classes), len(ev.objects)
        try:
            run_module(ev, tree, module)
        finally:
            ev.conditions = conditions
            # what an imported module defines is evaluated when it is checked itself
            del ev.functions[known_functions:], ev.classes[known_classes:], ev.objects[known_objects:]


def parsed(path: Path, reads: Reads, parse: Parse = syntax_of_file) -> tuple[SourceFile, ast.Module] | None:
    """Return a module's text and syntax; None for what is not readable."""
    return looked_into(path, reads, partial(_parsed, parse))


class _Importing(Struct, frozen=True):
    """What of a module tells which other modules it brings along."""

    characters: int
    imports: Imports


@lru_cache(maxsize=MAX_FOUND)
def _importing(parse: Parse, path: Path, version: tuple[int, ...]) -> tuple[_Importing | None, str]:
    """Return what a module imports, once for all files of a run that import it, and the hash of its content.

    A large package has more modules than the number whose syntax is kept.
    """
    module, hashed = _parsed(parse, path, version)
    return None if module is None else _Importing(len(module[0].text), _imports_in(module[1])), hashed


def _imports_in(tree: ast.Module) -> Imports:
    """Return the imports of a module, in functions too."""
    return tuple(node for node in nodes_of(tree) if isinstance(node, ast.Import | ast.ImportFrom))


@lru_cache(maxsize=MAX_MODULES)
def _parsed(
    parse: Parse, path: Path, version: tuple[int, ...]
) -> tuple[tuple[SourceFile, ast.Module] | None, str]:
    """Return a module's text and syntax, once for all files of a run that import it, and the hash of its
    content; None for what is not readable. ``version`` tells one state of the file from another.
    """
    data, hashed = content_of(path, MAX_BYTES)
    if hashed == MISSING:
        return None, hashed
    try:
        # as open() reads a text: with any end of a line as one
        text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        file = SourceFile(str(path), text)
        return (file, parse(file)), hashed
    except (ValueError, SyntaxError, RecursionError, MemoryError, UnreadableError):
        return None, hashed


def run_module(ev: Evaluator, tree: ast.Module, module: ModuleValue) -> None:
    """Evaluate a module's statements; one that certainly raises is passed over, for more to be seen."""
    _run_statements(ev, tree.body, module.scope)


def _run_statements(ev: Evaluator, statements: list[ast.stmt], scope: Scope) -> None:
    following = 0
    for place, statement in enumerate(statements):
        if place < following:
            continue
        cell, before = ev.origin(statement, scope).file.cell_of(statement.lineno), ev.graph.extent()
        try:
            signal = ev.execute_one(statement, scope)
            if cell is not None and cell.ran:
                ev.graph.has_run(before)
            if isinstance(signal, Apart):
                following = followed_to(signal.names, statements, place + 1)
                rest = statements[place + 1 : following]
                signal = ev.go_on_apart(statement, signal, partial(_run_statements, ev, rest, scope))
            ev.returned(signal)
        except ProgramError:
            continue
        except RecursionError:
            # a list in itself, say
            ev.graph.notes.append(f"line {statement.lineno} nests values too deeply to follow")


def _exports(registry: Registry, module: str, name: str, qualified: str) -> bool:
    """Tell whether ``from module import *`` may bring a name: one that is known under that module."""
    if module == "keras.layers":
        return find(name) is not None or qualified == "keras.Input" or is_merge(name) or name in ("Merge",)
    if module.startswith("keras.layers."):
        return find(name) is not None
    if name in SUBMODULES.get(module, ()):
        return True
    if not module.startswith(("numpy", "tensorflow", "keras")) or qualified.startswith("keras.layers."):
        return False
    return registry.function(qualified) is not None
