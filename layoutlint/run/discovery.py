"""Discovery: from the paths that a person names to the files that are looked at.

Folders are walked in a fixed order and ``.gitignore`` is respected in them. What the configuration excludes
is left out (by default all that is hidden, and vendored folders), and only files whose extension can hold a
model or the code of one are taken. Links that lead out of the folder are not followed. A file named outright
is taken (but see ``force-exclude``): what it holds is told by its content. Nothing here opens a file for its
content, but of a JSON or YAML file in a folder the first lines are asked whether it is a model: most are not.
Standard input is read here, where it is still that of the command.
"""

# Paths stay strings here: thousands of them pass, and a Path costs more than all the rest.
# ruff: noqa: PTH110, PTH113, PTH116, PTH118, PTH120, PTH122, PTH207

from __future__ import annotations

import glob
import os
import posixpath
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from layoutlint.model.findings import Coverage
from layoutlint.readers.formats import BY_EXTENSION, MODEL_EXTENSIONS, extension_of
from layoutlint.readers.sniff import names_model
from layoutlint.run import gitignore
from layoutlint.run.exclusion import Exclusion
from layoutlint.run.gitignore import Pattern
from layoutlint.system import remote_files
from layoutlint.system.regular_files import MEBIBYTE, SMALL, leads_out, read, words

STANDARD_INPUT = "-"

SOURCE_EXTENSIONS = (".py", ".pyw", ".ipynb")

EXTENSIONS = frozenset([*SOURCE_EXTENSIONS, *MODEL_EXTENSIONS])
"""What is taken out of a folder."""

SAVED_MODEL_MARK = "saved_model.pb"
"""A folder with this file is one model."""


MAX_STANDARD_INPUT = 64 * MEBIBYTE


class Candidate(Struct, frozen=True):
    """A file (or a SavedModel folder) to look at; ``named`` if a person named it outright. ``data`` is what
    came through standard input.
    """

    path: str
    named: bool = False
    data: bytes | None = None


def standard_input(name: str = STANDARD_INPUT) -> Candidate | Coverage:
    """Return what comes through standard input, under a name, but no more than one byte above the limit."""
    try:
        # Python has none where the caller has closed it
        data = sys.stdin.buffer.read(MAX_STANDARD_INPUT + 1) if sys.stdin is not None else None
    except (OSError, ValueError) as error:
        return _error(name, words(error))
    if data is None:
        return _error(name, "standard input is closed")
    return Candidate(name, named=True, data=data)


EXCLUDED = "excluded by the configuration"

Exclusions: TypeAlias = Callable[[str], Exclusion]
"""What is excluded among the files of a folder, an absolute path."""

_DEFAULT = Exclusion()


def _default(folder: str) -> Exclusion:
    return _DEFAULT


def discover(
    paths: Sequence[str], exclusions: Exclusions = _default, stdin_name: str = STANDARD_INPUT
) -> Iterator[Candidate | Coverage]:
    """Yield every input that the paths stand for, once; a path that leads nowhere gives its
    Coverage instead.

    A path is a file, a folder, a glob pattern (where the shell does not expand it) or ``-``, standard input,
    which is treated as the file ``stdin_name``.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path, exclusions, stdin_name):
            if isinstance(found, Candidate):
                identity = identity_of(found.path)
                if identity in seen:
                    continue
                seen.add(identity)
            yield found


def identity_of(path: str) -> str:
    """Return what an input is, however its path is written."""
    is_file = path != STANDARD_INPUT and not remote_files.is_address(path)
    return os.path.realpath(path) if is_file else path


def _expand(path: str, exclusions: Exclusions, stdin_name: str) -> Iterator[Candidate | Coverage]:
    if path == STANDARD_INPUT:
        if stdin_name != STANDARD_INPUT and _is_forced_out(stdin_name, exclusions):
            yield Coverage(stdin_name, "unknown", "skipped", EXCLUDED)
        else:
            yield standard_input(stdin_name)
        return
    if remote_files.is_address(path):
        yield from _at_address(path)
        return
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield from _expand_glob(path, error, exclusions)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, exclusions)
    elif _is_forced_out(path, exclusions):
        yield Coverage(path, "unknown", "skipped", EXCLUDED)
    elif stat.S_ISREG(mode):
        folder, name = os.path.split(path)
        # pre-commit and editors name the file, the model is its folder
        yield Candidate((folder or os.curdir) if name == SAVED_MODEL_MARK else path, named=True)
    else:
        yield _error(path, "is not a regular file")


def _at_address(address: str) -> Iterator[Candidate | Coverage]:
    """Yield the file at an address, or those of a folder or a pattern there that can hold a model."""
    try:
        found = remote_files.listed(address)
    except OSError as error:
        yield _error(remote_files.printable(address), words(error))
        return
    if found is None:
        yield Candidate(address, named=True)
        return
    models = {place for place in found if posixpath.basename(place) == SAVED_MODEL_MARK}
    folders = tuple(f"{posixpath.dirname(place)}/" for place in models)
    for place in found:
        is_part = place.startswith(folders) and place not in models
        if not is_part and _is_wanted(place) and not _is_other_text(place):
            yield Candidate(place)


def _is_forced_out(path: str, exclusions: Exclusions, *, is_folder: bool = False) -> bool:
    """Tell whether ``force-exclude`` leaves out what somebody has named."""
    absolute = os.path.abspath(path)  # noqa: PTH100
    exclusion = exclusions(os.path.dirname(absolute))
    return exclusion.force and exclusion.covers(absolute, is_folder=is_folder)


def _expand_glob(
    path: str, error: OSError | ValueError, exclusions: Exclusions
) -> Iterator[Candidate | Coverage]:
    if not isinstance(error, FileNotFoundError) or not glob.has_magic(path):
        yield _error(path, words(error))
        return
    matches = sorted(glob.glob(path, recursive=True))
    if not matches:
        yield _error(path, "no file matches this pattern")
    for match in matches:
        yield from _expand(match, exclusions, STANDARD_INPUT)


def _error(path: str, reason: str) -> Coverage:
    return Coverage(path, "unknown", "error", reason)


def _folder(root: str, exclusions: Exclusions) -> Iterator[Candidate | Coverage]:
    if _is_forced_out(root, exclusions, is_folder=True):
        yield Coverage(root, "unknown", "skipped", EXCLUDED)
        return
    if os.path.isfile(os.path.join(root, SAVED_MODEL_MARK)):
        yield Candidate(root, named=True)
        return
    top = os.path.realpath(root)
    ignores, problems = Ignores.above(top)
    yield from problems
    absolute = os.path.abspath(root)  # noqa: PTH100
    own = exclusions(absolute)
    if own.has_pattern_for(absolute, is_folder=True):
        # a person has named it all the same
        yield from _walk(root, top, ignores, lambda folder: _but(exclusions(folder), own))
    else:
        yield from _walk(root, top, ignores, exclusions)


def _but(exclusion: Exclusion, overruled: Exclusion) -> Exclusion:
    return _DEFAULT if exclusion is overruled else exclusion


class _Visit(Struct, frozen=True):
    """A folder to walk: its path as it is shown, its real path, and what is ignored in it."""

    path: str
    real: str
    ignores: Ignores


def _walk(root: str, top: str, ignores: Ignores, exclusions: Exclusions) -> Iterator[Candidate | Coverage]:
    """Yield all inputs of a folder with the real path ``top``, the files of each folder before
    its folders.
    """
    waiting = [_Visit(root, top, ignores)]
    seen: set[str] = set()
    while waiting:
        visit = waiting.pop()
        if visit.real in seen:
            continue  # links lead here, too
        seen.add(visit.real)
        folders: list[_Visit] = []
        for found in _entries(visit, top, exclusions):
            if isinstance(found, _Visit):
                folders.append(found)
            else:
                yield found
        waiting += reversed(folders)


def _entries(visit: _Visit, top: str, exclusions: Exclusions) -> Iterator[Candidate | Coverage | _Visit]:
    """Yield the inputs and the folders of a folder."""
    folder, ignores = visit.path, visit.ignores
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield _error(folder, words(error))
        return
    names = {entry.name for entry in entries}
    inside = visit.real != top
    if inside and SAVED_MODEL_MARK in names:
        yield Candidate(folder)
        return
    if inside and "pyvenv.cfg" in names:
        return
    if ".gitignore" in names:
        ignores, problem = ignores.with_file(visit.real, os.path.join(folder, ".gitignore"))
        if problem is not None:
            yield problem
    absolute = os.path.abspath(folder)  # noqa: PTH100
    exclusion = exclusions(absolute)
    for entry in entries:
        path = entry.name if folder == os.curdir else entry.path
        real = f"{visit.real}/{entry.name}"
        is_folder = _is_folder(entry)
        if not is_folder and not _is_wanted(entry.name):
            continue
        place = f"{absolute.rstrip(os.sep)}{os.sep}{entry.name}"
        if exclusion.leaves_out(place, entry.name, is_folder=is_folder):
            continue
        if ignores.ignored(real, is_folder=is_folder):
            continue
        if entry.is_symlink():
            real = os.path.realpath(path)
            if leads_out(path, top):
                yield Coverage(path, "unknown", "skipped", "symbolic link to outside of the folder")
                continue
            if is_folder and Path(visit.real).is_relative_to(real):
                reason = "symbolic link to a folder above it"
                yield Coverage(path, "unknown", "skipped", reason)
                continue
        if is_folder:
            yield _Visit(path, real, ignores)
        elif not _is_other_text(path):
            yield _file(entry, path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_wanted(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in EXTENSIONS


def _is_other_text(path: str) -> bool:
    """Tell whether a file has an extension of models in a text, and is none: settings, data, a lock file."""
    found = BY_EXTENSION.get(extension_of(path))
    return found is not None and found.kind == "architecture" and not names_model(path)


def _file(entry: os.DirEntry[str], path: str) -> Candidate | Coverage:
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return _error(path, words(error))
    return Candidate(path) if stat.S_ISREG(mode) else _error(path, "is not a regular file")


class Ignores(Struct, frozen=True):
    """The ``.gitignore`` files of a folder with its real path, outermost first; a deeper one overrules the
    others.
    """

    files: tuple[tuple[str, tuple[Pattern, ...]], ...] = ()

    @classmethod
    def above(cls, real: str) -> tuple[Ignores, list[Coverage]]:
        """Return what the folders from the top of the Git work tree down to the folder ``real`` say, without
        its own; outside of a work tree, nothing. With it, the files that cannot be read.

        Where they ignore ``real`` itself, a person has named it all the same, and they do not count.
        """
        way = [real]  # from the folder to the top of the work tree
        while not os.path.exists(os.path.join(way[-1], ".git")):
            above = os.path.dirname(way[-1])
            if above == way[-1]:
                return cls(), []
            way.append(above)
        top, found, problems = way[-1], cls(), []
        asked = [(top, os.path.join(top, ".git", "info", "exclude"))]
        asked += [(folder, os.path.join(folder, ".gitignore")) for folder in reversed(way[1:])]
        for folder, file in asked:
            if os.path.lexists(file):
                found, problem = found.with_file(folder, file)
                problems += [problem] if problem is not None else []
        is_ignored = any(found.ignored(folder, is_folder=True) for folder in way[:-1])
        return (cls() if is_ignored else found), problems

    def with_file(self, folder: str, file: str) -> tuple[Ignores, Coverage | None]:
        """Return the same with one more file, its patterns counted from ``folder``; and what is wrong with
        it.
        """
        try:
            patterns = gitignore.read(read(file, SMALL))
        except OSError as error:
            return self, _error(file, words(error))
        return (Ignores((*self.files, (folder, patterns))) if patterns else self), None

    def ignored(self, real: str, *, is_folder: bool = False) -> bool:
        """Tell whether Git would leave out the file or folder with this real path."""
        for folder, patterns in reversed(self.files):
            names = gitignore.names(real.removeprefix(folder.rstrip("/") + "/"))
            said = gitignore.verdict(patterns, names, is_folder)
            if said is not None:
                return said
        return False
