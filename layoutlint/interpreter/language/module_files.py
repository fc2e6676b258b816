"""The files of a project in which its modules are found, and what a module shows before it is run."""

from __future__ import annotations

import os.path
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from layoutlint.model.reads import Reads, content_of
from layoutlint.system import regular_files

MAX_FOUND = 2000
"""So many are looked up: the ``__init__`` of a large library names hundreds, of which few are used."""

MAX_BYTES = 1_000_000
"""The largest file that is read as a module."""

T = TypeVar("T")

_STATEMENT = re.compile(rb"^@?([\w.]+)(?:\(|\s*$)", re.MULTILINE)
"""A decorator or a statement of a module that calls something, or that is nothing but a name."""


def looked_into(path: Path, reads: Reads, look: Callable[[Path, tuple[int, ...]], tuple[T, str]]) -> T | None:
    """Return what ``look`` finds in a module, and note the content in which it is; None for a file that
    is not there or is too large.

    ``look`` is given the version of the file, which tells one state of it from another, and returns the hash
    of the content too: it can keep what it finds for all files of a run.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    if status.st_size > MAX_BYTES:
        reads.model(str(path))
        return None
    found, hashed = look(path, regular_files.version(status))
    reads.content(str(path), hashed)
    return found


def registers(path: Path, reads: Reads) -> bool:
    """Tell whether a module, while it is imported, puts its classes or functions into a registry."""
    return looked_into(path, reads, _has_registration) is True


@lru_cache(maxsize=MAX_FOUND)
def _has_registration(path: Path, version: tuple[int, ...]) -> tuple[bool, str]:
    """Tell whether a module registers something, and the hash of its content."""
    data, hashed = content_of(path, MAX_BYTES)
    return any(map(_is_registration, _STATEMENT.findall(data))), hashed


def _is_registration(name: bytes) -> bool:
    """Tell whether what a module calls registers something, as programs name it."""
    called = name.lower()
    return b"regist" in called.rpartition(b".")[2] and b"serializable" not in called


def roots(path: Path, reads: Reads) -> tuple[list[Path], Path | None]:
    """Return where Python would look: the script's folder, then the folder above its topmost
    package.

    For a file of an installed package also the one folder in which modules are followed: that package's own.
    """
    folder = path.parent
    top = folder
    while reads.file(str(top / "__init__.py")) and top.parent != top:
        top = top.parent
    roots = [folder]
    for candidate in (top, top / "src", folder.parent):
        if candidate not in roots and reads.is_folder(str(candidate)):
            roots.append(candidate)
    if top.name in ("site-packages", "dist-packages"):
        return roots, top / path.relative_to(top).parts[0]
    return roots, None


def module_path(root: Path, parts: list[str], reads: Reads) -> Path | None:
    if len(parts) > 1 and not reads.is_folder(os.path.join(root, parts[0])):  # noqa: PTH118
        return None  # one fact for all modules of a package that is not here
    base = os.path.join(root, *parts)  # noqa: PTH118 (many look-ups: pathlib takes five times as long)
    for candidate in (f"{base}.py", f"{base}/__init__.py"):
        found = reads.file(candidate)
        if found is not None:
            return Path(found)
    return None


def package_path(folder: Path, reads: Reads) -> Path | None:
    found = reads.file(str(folder / "__init__.py"))
    return Path(found) if found is not None else None
