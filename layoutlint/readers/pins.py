"""The versions of Keras and TensorFlow that a project asks for: requirements, lock files, environments.

Nothing of a file is run; each is read to a bound, and of setup.py the literal texts alone. Looked at are
the folder of the code and those above it, up to the root of its repository (the folder with ``.git``) or the
current folder; the nearest that says something counts.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from layoutlint.knowledge.keras_versions import ANY_RELEASE, PACKAGES, RELEASES
from layoutlint.model.keras_version import OPEN, KerasVersion, Version
from layoutlint.model.syntax_text import syntax_of
from layoutlint.system import regular_files

NEIGHBOURS: Final = (".py", ".h5", ".hdf5", ".keras")

MAX_BYTES: Final = 8 * 2**20
"""A lock file of a large project has some megabytes."""

_SPECIFIER: Final = r"(?:===|==|~=|>=|<=|!=|=|<|>|\^|~)"
_VERSION: Final = r"v?(\d+(?:\.(?:\d+|\*|x))*|\*)"
_CONSTRAINT: Final = re.compile(rf"({_SPECIFIER})\s*{_VERSION}")
_BARE: Final = re.compile(rf"\s*{_VERSION}\s*$")
_NAMES: Final = "|".join(
    sorted((re.escape(name).replace(r"\-", "[-_]") for name in PACKAGES), key=len, reverse=True)
)
_REQUIREMENT: Final = re.compile(
    rf"(?<![\w./-])({_NAMES})(?![\w./-])(?:\[[^\]\n]*\])?[ \t]*"
    rf"((?:{_SPECIFIER}\s*[\w.*+!-]+[ \t]*,?[ \t]*)*)",
    re.IGNORECASE,
)
_LOCKED: Final = re.compile(rf'^name = "({_NAMES})"\s*\nversion = "([^"\n]+)"', re.IGNORECASE | re.MULTILINE)
_PIP: Final = re.compile(r"[!%]\s*(?:python3? -m )?pip3?\s+install\s+(.+)")
_COLAB: Final = re.compile(r"%tensorflow_version\s+(\d)")


class Pin(Struct, frozen=True):
    """What a project asks of one package: the versions of Keras that come of it, and where it says so."""

    package: str
    versions: frozenset[Version]
    reason: str


def pinned(folder: Path, *, by_tensorflow: bool) -> KerasVersion:
    """Return the version that the nearest project files of a folder ask for; open where they
    leave it open.

    ``by_tensorflow`` says that the code imports Keras out of TensorFlow, whose release then counts first.
    """
    for place in _folders(folder.absolute()):
        found = concluded(_pins(place, _state(place)), by_tensorflow=by_tensorflow)
        if found.number is not None:
            return found
    return OPEN


def installed_by(text: str, *, by_tensorflow: bool) -> KerasVersion:
    """Return the version that a notebook installs: ``!pip install tensorflow==1.15``."""
    found = [pin for line in _PIP.findall(text) for pin in _in_text(line, "!pip install")]
    magic = _COLAB.search(text)
    if magic is not None:
        found.append(Pin("tensorflow", _allowed("tensorflow", [("==", f"{magic[1]}.*")]), magic[0]))
    return concluded(found, by_tensorflow=by_tensorflow)


def concluded(pins: list[Pin], *, by_tensorflow: bool) -> KerasVersion:
    """Return what pins of several packages say together."""
    if by_tensorflow and any(pin.package == "tf-keras" for pin in pins):
        return OPEN  # tf.keras is one or the other, as the environment says
    order = ("tensorflow", "keras") if by_tensorflow else ("keras", "tensorflow")
    for package in (*order, ""):
        said = [pin for pin in pins if (pin.package == package if package else pin.package not in order)]
        agreed = frozenset.intersection(*(pin.versions for pin in said)) if said else frozenset()
        if agreed and 3 not in agreed:
            return KerasVersion(max(agreed), said[0].reason)
        if agreed == {3}:
            return KerasVersion(3, said[0].reason)
    return OPEN


def project_files(folder: Path) -> list[Path]:
    """Return the files that :func:`pinned` reads for a folder."""
    return [place / name for place in _folders(folder.absolute()) for name, _, _ in _state(place)]


def neighbours(folder: Path) -> list[Path]:
    """Return the programs and saved models of a folder."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in NEIGHBOURS and path.is_file())
    except OSError:
        return []


def folders_above(folder: Path) -> list[Path]:
    """Return the folders in which files may say for which version of Keras a program is, the
    nearest first.
    """
    return list(_folders(folder.absolute()))


def _folders(folder: Path) -> Iterator[Path]:
    above = [folder, *folder.parents]
    root = next((place for place in above if (place / ".git").exists()), None)
    if root is None:
        here = Path.cwd()
        root = here if here in above else folder
    for place in above:
        yield place
        if place == root:
            return


Reader = Callable[[str, str], Iterator[Pin]]


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return the project files of a folder, each with what tells one state of it from another."""
    found: list[tuple[str, int, int]] = []
    try:
        names = [path for path in folder.iterdir() if _reader(path.name) is not None]
        names += (folder / "requirements").glob("*.txt")
        for path in sorted(names):
            status = path.stat()
            if path.is_file():  # no folder, pipe or device
                found.append((str(path.relative_to(folder)), status.st_size, status.st_mtime_ns))
    except OSError:
        pass
    return tuple(found)


@lru_cache(maxsize=256)
def _pins(folder: Path, state: tuple[tuple[str, int, int], ...]) -> list[Pin]:
    """Return every pin of the project files of a folder."""
    found: list[Pin] = []
    for name, _, _ in state:
        reader = _reader(Path(name).name) or _in_text
        try:
            data = regular_files.read(folder / name, MAX_BYTES)
            found += reader(data.decode("utf-8", errors="replace"), name)
        except (OSError, ValueError, SyntaxError, RecursionError, MemoryError, AttributeError, TypeError):
            continue
    return found


def _reader(name: str) -> Reader | None:
    if name in _READERS:
        return _READERS[name]
    return _in_text if re.fullmatch(r"[\w.-]*requirements[\w.-]*\.(txt|in)", name) else None


def _in_text(text: str, name: str) -> Iterator[Pin]:
    """Read requirements, one a line: requirements.txt, setup.cfg, environment.yml."""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.split("#", 1)[0]
        if not bare.lstrip().startswith(("-r", "-c", "-e", "--", "git+", "http")):
            for match in _REQUIREMENT.finditer(bare):
                yield _pin(match[1], match[2], f"{name}:{number}" if "\n" in text else name)


def _pin(package: str, specifier: str, where: str) -> Pin:
    plain = PACKAGES[package.lower().replace("_", "-")]
    constraints = [(match[1], match[2]) for match in _CONSTRAINT.finditer(specifier)]
    bare = _BARE.match(specifier)  # as tables of packages have it
    constraints += [("==", bare[1])] if bare is not None else []
    said = f"{where} asks for {package}{specifier.strip().rstrip(',')}"
    return Pin(plain, _allowed(plain, constraints), said)


def _in_setup(text: str, name: str) -> Iterator[Pin]:
    for node in ast.walk(syntax_of(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = _REQUIREMENT.fullmatch(node.value.split(";", 1)[0].strip())
            if match is not None:
                yield _pin(match[1], match[2], f"{name}:{node.lineno}")


def _in_toml(text: str, name: str) -> Iterator[Pin]:
    """Dependencies as lists of requirements or as tables of packages: pyproject.toml, Pipfile."""
    import tomllib

    document = tomllib.loads(text)
    tool = document.get("tool", {})
    poetry = tool.get("poetry", {}) if isinstance(tool, dict) else {}
    project = document.get("project", {})
    lists = [project.get("dependencies", []), *project.get("optional-dependencies", {}).values()]
    lists += document.get("dependency-groups", {}).values()
    tables = [poetry.get("dependencies", {}), poetry.get("dev-dependencies", {})]
    tables += [group.get("dependencies", {}) for group in poetry.get("group", {}).values()]
    tables += [document.get("packages", {}), document.get("dev-packages", {})]
    for requirements in lists:
        for requirement in requirements:
            if isinstance(requirement, str):
                yield from _in_text(requirement.split(";", 1)[0], name)
    for table in tables:
        yield from _in_table(table, name)


def _in_table(table: Mapping[str, Any], name: str) -> Iterator[Pin]:
    for package, wanted in table.items():
        version = wanted.get("version", "*") if isinstance(wanted, dict) else wanted
        if package.lower().replace("_", "-") in PACKAGES and isinstance(version, str):
            yield _pin(package, version, name)


def _in_pipfile_lock(text: str, name: str) -> Iterator[Pin]:
    yield from _in_table(json.loads(text).get("default", {}), name)


def _in_lock(text: str, name: str) -> Iterator[Pin]:
    """poetry.lock, uv.lock, pdm.lock: a table for every package, its name and its version in two lines."""
    for match in _LOCKED.finditer(text):
        yield _pin(match[1], f"=={match[2]}", name)


_READERS: Final[Mapping[str, Reader]] = {
    "setup.cfg": _in_text,
    "environment.yml": _in_text,
    "environment.yaml": _in_text,
    "setup.py": _in_setup,
    "pyproject.toml": _in_toml,
    "Pipfile": _in_toml,
    "Pipfile.lock": _in_pipfile_lock,
    "poetry.lock": _in_lock,
    "uv.lock": _in_lock,
    "pdm.lock": _in_lock,
}


def _allowed(package: str, constraints: list[tuple[str, str]]) -> frozenset[Version]:
    """Return the versions of Keras of the releases of a package that fit all constraints."""
    if package in ANY_RELEASE:
        return ANY_RELEASE[package]
    return frozenset(
        keras
        for release, keras in RELEASES[package]
        if all(_fits(release, operator, wanted) for operator, wanted in constraints)
    )


def _fits(release: tuple[int, ...], operator: str, wanted: str) -> bool:
    """Tell whether a release, of two numbers, may be one that a constraint allows."""
    if wanted == "*":
        return True
    numbers = tuple(int(part) for part in wanted.split(".") if part.isdigit())
    given = numbers[:2]
    here = release[: len(given)]
    if operator in ("==", "===", "="):
        return here == given
    if operator == "!=":
        return True  # one release of many
    if operator == "^":
        return release[0] == given[0] and release >= given
    if operator in ("~=", "~"):
        exact = len(numbers) > 2 or operator == "~"
        return release[: len(given) if exact else 1] == (given if exact else given[:1]) and release >= given
    if operator in (">=", ">"):
        return release >= given  # 2.15.1 is more than 2.15
    if operator == "<=":
        return release <= given or here == given
    return release < given or (release == given and len(numbers) > 2 and any(numbers[2:]))
