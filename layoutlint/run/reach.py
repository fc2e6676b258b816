"""How far the evaluation of source goes: the time that a file may take, and the installed packages that its
imports lead into.

Packages are found by looking into folders; nothing is imported on the way (Python's own
``importlib.util.find_spec`` runs the packages around the one that it looks for).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from layoutlint.interpreter.core.budget import BUDGET
from layoutlint.knowledge.libraries import KNOWN_BY_NAME
from layoutlint.model.keras_version import OPEN, KerasVersion
from layoutlint.system.hard_limits import HardLimits
from layoutlint.system.regular_files import SMALL, holds, read

if TYPE_CHECKING:
    from layoutlint.readers.aids import Infer


class NotFollowedError(Exception):
    """A package cannot be followed; ``str(error)`` says which and why, in one line."""


class Reach(Struct, frozen=True):
    """How far the evaluation of a source goes.

    ``budget`` is in seconds of processor time a file. ``packages`` are the installed packages (folders, or
    single modules) whose imports are followed as those of the program's own modules are. ``knowledge`` holds
    the user's own entries of the knowledge base, by the qualified names of functions. ``keras`` is the
    version of Keras that all code is for (open: as each program and its project say). ``with_tensorflow``
    allows a child process that loads TensorFlow, for the shapes that a saved graph does not state.
    """

    budget: float = BUDGET
    packages: tuple[Path, ...] = ()
    knowledge: Mapping[str, Mapping[str, Any]] = {}
    keras: KerasVersion = OPEN
    with_tensorflow: bool = False

    @property
    def infer(self) -> Infer | None:
        """What finds the shapes that a saved graph does not state, where that is allowed."""
        if not self.with_tensorflow:
            return None
        from layoutlint.readers.tensorflow_shapes import infer

        return infer(HardLimits.of(self.budget))

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which the followed packages are imported."""
        return tuple(package.stem if package.suffix == ".py" else package.name for package in self.packages)


def installed(names: Sequence[str]) -> tuple[Path, ...]:
    """Return the folder or module of each package. Raises NotFollowedError for one that is not there."""
    return tuple(_installed(name.replace("-", "_")) for name in names)


def _installed(name: str) -> Path:
    if not name.isidentifier():
        raise NotFollowedError(f"{name} is not a package name")
    if name in KNOWN_BY_NAME:
        raise NotFollowedError(f"{name} is not followed: its functions are already known")
    folders = list(dict.fromkeys(_folders()))
    for folder in folders:
        package = folder / name
        if holds(Path.is_file, package / "__init__.py"):
            return package.absolute()
        if holds(Path.is_file, package.with_suffix(".py")):
            return package.with_suffix(".py").absolute()
    environment = os.environ.get("VIRTUAL_ENV") or sys.prefix
    raise NotFollowedError(f"there is no package {name} in Python source in the environment {environment}")


def _folders() -> Iterator[Path]:
    """Yield where packages lie: those of the active virtual environment, then those that layoutlint itself
    sees.
    """
    active = os.environ.get("VIRTUAL_ENV")
    if active and Path(active).resolve() != Path(sys.prefix).resolve():
        for pattern in ("lib/python3*/site-packages", "Lib/site-packages"):
            for folder in sorted(Path(active).glob(pattern), reverse=True):
                yield folder
                yield from _linked(folder)
    for entry in sys.path:
        folder = Path(entry)
        if entry and holds(Path.is_dir, folder) and not (folder / "os.py").is_file():
            yield folder


def _linked(folder: Path) -> Iterator[Path]:
    """Yield the folders that the ``.pth`` files of an environment name: packages installed as editable."""
    for file in sorted(folder.glob("*.pth")):
        try:
            lines = read(file, SMALL).decode().splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for line in lines:
            if line.strip() and not line.startswith(("#", "import ", "import\t")):
                linked = folder / line.strip()
                if holds(Path.is_dir, linked):
                    yield linked
