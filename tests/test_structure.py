"""The house: which room may import which, and that a name means one thing."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import layoutlint

PACKAGE = Path(layoutlint.__file__).parent
ROOMS = (
    "system",
    "model",
    "layers",
    "knowledge",
    "operations",
    "inference",
    "architecture",
    "interpreter",
    "readers",
    "facts",
    "engine",
    "run",
    "fleet",
    "explain",
    "reports",
    "fixes",
    "cli",
)
"""From the ground floor up: a room imports from those before it."""

INTERPRETER = ("core", "language", "libraries", "keras")
LARGEST_CIRCLE = 5
MODULES_AT_THE_TOP = 6
SAME_THING = {
    "tflite",
    "numpy",
    "tensorflow",
    "__init__",
    "__main__",
    "registry",
    "spec",
    "document",
    "formats",
    "check",
    "rules",
    "natives",
    "written",
    "syntax",
}
"""File names that mean the same in every folder that has them."""


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ["layoutlint", *path.relative_to(PACKAGE).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported(path: Path) -> Iterator[str]:
    """The modules of the package that a module imports, in functions too; not those for the type checker."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module


GRAPH = {name: {other for other in imported(path) if other != name} for name, path in MODULES.items()}


def floor(module: str) -> int:
    parts = module.split(".")
    if len(parts) == 1 or parts[1] not in ROOMS:
        return len(ROOMS)
    return ROOMS.index(parts[1])


@pytest.mark.parametrize("module", [name for name in MODULES if floor(name) < len(ROOMS)])
def test_a_room_imports_nothing_above_its_own(module: str) -> None:
    allowed = {"layoutlint"}  # the version
    above = {other for other in GRAPH[module] - allowed if floor(other) > floor(module)}
    assert not above


@pytest.mark.parametrize("room", INTERPRETER)
def test_a_room_of_the_interpreter_imports_nothing_above_its_own(room: str) -> None:
    above = INTERPRETER[INTERPRETER.index(room) + 1 :]
    inside = f"layoutlint.interpreter.{room}"
    wrong = {
        (name, other)
        for name in MODULES
        if name.startswith(inside)
        for other in GRAPH[name]
        if other.removeprefix("layoutlint.interpreter.").split(".")[0] in above
    }
    assert not wrong


def circles() -> list[set[str]]:
    """The groups of modules that import each other in a circle."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            for other in GRAPH[waiting.pop()] - found:
                found.add(other)
                waiting.append(other)
        return found

    reach = {name: reached(name) for name in GRAPH}
    groups = {frozenset(m for m in reach[name] if name in reach[m]) for name in GRAPH if name in reach[name]}
    return [set(group) for group in groups]


def test_circles_of_imports_are_small() -> None:
    assert [sorted(circle) for circle in circles() if len(circle) > LARGEST_CIRCLE] == []


def test_few_modules_are_at_the_top_of_the_package() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= MODULES_AT_THE_TOP


def test_a_public_class_has_a_name_of_its_own() -> None:
    places = defaultdict(list)
    for name, path in MODULES.items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_a_file_name_means_one_thing() -> None:
    names = Counter(path.stem for path in MODULES.values())
    assert {name for name, count in names.items() if count > 1} <= SAME_THING
