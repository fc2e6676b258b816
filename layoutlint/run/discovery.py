"""Discovery: from the paths that a person names to the files that are looked at.

Folders are walked in a fixed order, ``.gitignore`` is respected in them, hidden and vendored folders are left
out, and only files whose extension can hold a model or the code of one are taken. A file named outright is
always taken: what it holds is told by its content. Nothing here opens a file for its content.
"""

# Paths stay strings here: thousands of them pass, and a Path costs more than all the rest.
# ruff: noqa: PTH116, PTH122, PTH207

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from layoutlint.model.findings import Coverage

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STANDARD_INPUT = "-"

EXTENSIONS = frozenset([".py", ".pyw", ".ipynb", ".keras", ".h5", ".hdf5"])
"""What is taken out of a folder."""

VENDORED = frozenset(["node_modules", "__pycache__", "__pypackages__", "venv", "site-packages"])
"""Names of folders whose content belongs to somebody else; so does a folder with a ``pyvenv.cfg``."""

SAVED_MODEL_MARK = "saved_model.pb"
"""A folder with this file is one model."""


class Candidate(Struct, frozen=True):
    """A file (or a SavedModel folder) to look at; ``named`` if a person named it outright."""

    path: str
    named: bool = False


def discover(paths: Sequence[str]) -> Iterator[Candidate | Coverage]:
    """Every input that the paths stand for, once; a path that leads nowhere gives its Coverage instead.

    A path is a file, a folder, a glob pattern (where the shell does not expand it) or ``-``, standard input.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path):
            if isinstance(found, Candidate):
                identity = found.path if found.path == STANDARD_INPUT else os.path.realpath(found.path)
                if identity in seen:
                    continue
                seen.add(identity)
            yield found


def _expand(path: str) -> Iterator[Candidate | Coverage]:
    if path == STANDARD_INPUT:
        yield Candidate(path, named=True)
        return
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield from _expand_glob(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    elif stat.S_ISREG(mode):
        yield Candidate(path, named=True)
    else:
        yield _error(path, "is no regular file")


def _expand_glob(path: str, error: OSError | ValueError) -> Iterator[Candidate | Coverage]:
    if not isinstance(error, FileNotFoundError) or not glob.has_magic(path):
        yield _error(path, _words(error))
        return
    matches = sorted(glob.glob(path, recursive=True))
    if not matches:
        yield _error(path, "no file matches this pattern")
    for match in matches:
        yield from _expand(match)


def _error(path: str, reason: str) -> Coverage:
    return Coverage(path, "unknown", "error", reason)


def _words(error: OSError | ValueError) -> str:
    """The operating system's words in lower case: ``no such file or directory``."""
    words = (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
    return words[0].lower() + words[1:]


def _folder(root: str) -> Iterator[Candidate | Coverage]:
    if (Path(root) / SAVED_MODEL_MARK).is_file():
        yield Candidate(root, named=True)
        return
    ignores = Ignores.above(root)
    yield from _walk(root, ignores, frozenset())


def _walk(folder: str, ignores: Ignores, above: frozenset[str]) -> Iterator[Candidate | Coverage]:
    """All inputs of a folder, its files first. ``above`` are the real paths on the way here."""
    real = os.path.realpath(folder)
    if real in above:
        yield Coverage(folder, "unknown", "skipped", "symbolic link that leads back to a folder above it")
        return
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield _error(folder, _words(error))
        return
    names = {entry.name for entry in entries}
    if above and SAVED_MODEL_MARK in names:
        yield Candidate(folder)
        return
    if above and "pyvenv.cfg" in names:
        return
    if ".gitignore" in names:
        ignores = ignores.with_file(folder, Path(folder, ".gitignore"))
    folders: list[str] = []
    for entry in entries:
        path = entry.name if folder == os.curdir else entry.path
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            if entry.name not in VENDORED and not ignores.ignored(f"{real}/{entry.name}", is_folder=True):
                folders.append(path)
        elif os.path.splitext(entry.name)[1].lower() in EXTENSIONS and not ignores.ignored(
            f"{real}/{entry.name}"
        ):
            yield _file(entry, path)
    for path in folders:
        yield from _walk(path, ignores, above | {real})


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _file(entry: os.DirEntry[str], path: str) -> Candidate | Coverage:
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return _error(path, _words(error))
    return Candidate(path) if stat.S_ISREG(mode) else _error(path, "is no regular file")


class Ignores(Struct, frozen=True):
    """The ``.gitignore`` files of a folder, outermost first; a deeper one overrules the others."""

    files: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    @classmethod
    def above(cls, root: str) -> Ignores:
        """What the folders from the top of the Git work tree down to ``root`` say; outside one, nothing.

        Where they ignore ``root`` itself, a person has named it all the same, and they do not count.
        """
        real = Path(os.path.realpath(root))
        top = next((folder for folder in (real, *real.parents) if (folder / ".git").exists()), None)
        if top is None or top == real:
            return cls()._with_exclude(top)
        found = cls()._with_exclude(top)
        for folder in reversed(real.parents):
            if folder.is_relative_to(top) and (folder / ".gitignore").is_file():
                found = found.with_file(str(folder), folder / ".gitignore")
        between = (folder for folder in (real, *real.parents) if folder != top and folder.is_relative_to(top))
        return cls() if any(found.ignored(str(folder), is_folder=True) for folder in between) else found

    def _with_exclude(self, top: Path | None) -> Ignores:
        exclude = top / ".git" / "info" / "exclude" if top else None
        return self.with_file(str(top), exclude) if exclude and exclude.is_file() else self

    def with_file(self, folder: str, file: Path) -> Ignores:
        """The same with one more file, its patterns counted from ``folder``."""
        try:
            lines = file.read_text(errors="replace").splitlines()
        except OSError:
            return self
        if not any(line.strip() and not line.startswith("#") for line in lines):
            return self
        from pathspec import GitIgnoreSpec

        return Ignores((*self.files, (os.path.realpath(folder), GitIgnoreSpec.from_lines(lines))))

    def ignored(self, real: str, *, is_folder: bool = False) -> bool:
        """Whether Git would leave out the file or folder with this real path."""
        for folder, patterns in reversed(self.files):
            within = real.removeprefix(f"{folder}/")
            verdict = patterns.check_file(within + "/" if is_folder else within).include
            if verdict is not None:
                return verdict
        return False
