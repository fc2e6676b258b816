"""GitTrees of Git repositories as inputs: ``git:PATH@REV`` and ``git:PATH@REV:FOLDER``.

What can be an input at a revision, or decides what is said of one, is written from the repository's blobs
into a folder of this run, where the evaluation finds the modules that a program imports, and the
configuration.
"""

from __future__ import annotations

import os
import posixpath
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from layoutlint.fleet.contents import is_of_project
from layoutlint.model.findings import Status
from layoutlint.readers.formats import extension_of
from layoutlint.run.discovery import EXTENSIONS
from layoutlint.system.git_objects import LINK, SUBMODULE, Blobs, GitError, TreeEntry, commit_of, entries
from layoutlint.system.regular_files import MEBIBYTE, words

PREFIX: Final = "git:"
SPARE: Final = 64 * MEBIBYTE
"""Bytes that stay free on the disk."""


class GitAddress(Struct, frozen=True):
    """A repository (a folder, bare or not), a revision, and a folder or file in it."""

    repository: str
    revision: str
    inside: str = ""

    def __str__(self) -> str:
        inside = f":{self.inside}" if self.inside else ""
        return f"{PREFIX}{self.repository}@{self.revision}{inside}"


def is_git(path: str) -> bool:
    """Tell whether a path names something in a Git repository."""
    return path.startswith(PREFIX)


def parse(path: str) -> GitAddress:
    """Return what an address names; without a revision, what ``HEAD`` is. Raises GitError."""
    rest = path.removeprefix(PREFIX)
    at = rest.find("@")
    while at > 0 and not os.path.isdir(rest[:at]):  # noqa: PTH112 (a folder's name may hold the sign)
        at = rest.find("@", at + 1)
    if at <= 0:
        if not os.path.isdir(rest):  # noqa: PTH112
            raise GitError("no such repository: an address is git:PATH@REV, or git:PATH@REV:FOLDER")
        return GitAddress(rest, "HEAD")
    revision, _, inside = rest[at + 1 :].partition(":")
    return GitAddress(rest[:at], revision or "HEAD", posixpath.normpath(inside) if inside else "")


class TreeName(Struct, frozen=True):
    """Which tree of which repository: a commit, whatever its branches are called next."""

    repository: str
    commit: str


class LeftOut(Struct, frozen=True):
    """A file of a tree that is not looked into, and why."""

    inside: str
    status: Status
    reason: str


class Snapshot(Struct, frozen=True):
    """The folder in which the files of a tree are, and what was left out."""

    folder: str
    left_out: tuple[LeftOut, ...] = ()


class GitTrees:
    """The trees of a run; their folders go with it."""

    def __init__(self) -> None:
        self._snapshots: dict[TreeName, Snapshot] = {}

    @property
    def folders(self) -> dict[TreeName, str]:
        """Where each tree is."""
        return {name: snapshot.folder for name, snapshot in self._snapshots.items()}

    def of(self, name: TreeName) -> Snapshot:
        """Return a tree. Raises GitError."""
        if name not in self._snapshots:
            self._snapshots[name] = _written(name)
        return self._snapshots[name]

    def close(self) -> None:
        """Remove the folders."""
        while self._snapshots:
            _, snapshot = self._snapshots.popitem()
            shutil.rmtree(Path(snapshot.folder).parent, ignore_errors=True)


def named(address: GitAddress) -> TreeName:
    """Return the tree that an address names now. Raises GitError."""
    return TreeName(os.path.abspath(address.repository), commit_of(address.repository, address.revision))  # noqa: PTH100


def _written(name: TreeName) -> Snapshot:
    found = list(entries(name.repository, name.commit))
    left_out = list(_left_out(found))
    wanted = [entry for entry in found if _is_blob(entry) and is_of_project(entry.path)]
    # one folder more: an import may be looked for beside the top of a project
    own = tempfile.mkdtemp(prefix="layoutlint-git-")
    try:
        needed = sum(entry.size for entry in wanted) + SPARE
        if shutil.disk_usage(own).free < needed:
            raise GitError(
                f"its files need {needed // MEBIBYTE} MiB in {tempfile.gettempdir()}: too little is free"
            )
        folder = os.path.join(own, "tree")  # noqa: PTH118
        os.makedirs(os.path.join(folder, ".git"))  # noqa: PTH103, PTH118 (a mark: here a project begins)
        with Blobs(name.repository) as blobs:
            left_out += _copied(wanted, blobs, folder)
    except OSError as error:
        shutil.rmtree(own, ignore_errors=True)
        raise GitError(f"its files cannot be written: {words(error)}") from None
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise
    return Snapshot(folder, tuple(left_out))


def _copied(wanted: list[TreeEntry], blobs: Blobs, folder: str) -> Iterator[LeftOut]:
    for entry in wanted:
        parts = entry.path.split("/")
        if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
            yield LeftOut(entry.path, "error", "its path is not one that Git makes")
            continue
        place = Path(folder, *parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with place.open("xb") as file:
                blobs.copy(entry, file)
        except FileExistsError:
            yield LeftOut(entry.path, "error", "has the same name as another file on this system")
        except GitError as error:
            place.unlink(missing_ok=True)
            yield LeftOut(entry.path, "error", str(error))


def _is_blob(entry: TreeEntry) -> bool:
    return entry.mode not in (LINK, SUBMODULE)


def _left_out(found: list[TreeEntry]) -> Iterator[LeftOut]:
    """Yield the entries that are no files: what they lead to is in another place."""
    for entry in found:
        if entry.mode == SUBMODULE:
            yield LeftOut(entry.path, "skipped", "a submodule: its own repository holds its files")
        elif entry.mode == LINK and extension_of(entry.path) in EXTENSIONS:
            yield LeftOut(entry.path, "skipped", "a symbolic link in a Git tree")
