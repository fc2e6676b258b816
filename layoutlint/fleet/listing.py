"""Listing: from what a person names to the pieces of work, one an input, as they are found.

Folders, patterns and addresses are those of ``check``; besides there are trees of Git repositories, and
lists.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from msgspec import Struct

from layoutlint.fleet.git_trees import GitAddress, GitTrees, TreeName, is_git, named, parse
from layoutlint.fleet.result_rows import ResultRow, of_coverage, refused
from layoutlint.model.findings import Coverage
from layoutlint.run.configuration import ConfigurationError
from layoutlint.run.discovery import Candidate, Exclusions, discover, identity_of
from layoutlint.run.exclusion import Exclusion
from layoutlint.run.projects import Projects
from layoutlint.system.git_objects import GitError
from layoutlint.system.regular_files import MEBIBYTE

LONGEST = MEBIBYTE
"""Bytes of a line in a list."""


class Piece(Struct, frozen=True):
    """An input: how it is called, and where it is.

    ``tree`` is the tree of a Git repository that holds it, ``place`` then its path in that; or else a path or
    an address. ``refusal`` is the row of what is no input.
    """

    path: str
    place: str
    named: bool = False
    tree: TreeName | None = None
    refusal: ResultRow | None = None


class Shard(Struct, frozen=True):
    """One of ``count`` parts of all inputs, by their paths: an input stays in its part whatever else is
    listed.
    """

    number: int = 1
    count: int = 1

    def holds(self, path: str) -> bool:
        """Tell whether an input belongs to this part."""
        if self.count == 1:
            return True
        hashed = hashlib.sha256(path.encode(errors="surrogateescape")).digest()
        return int.from_bytes(hashed[:8]) % self.count == self.number - 1


class ListError(Exception):
    """A list of inputs cannot be read; ``str(error)`` says why, in one line."""


def lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the paths of a list: one a line, or with a NUL after each, as ``find -print0`` writes them.

    Raises ListError.
    """
    beginning = stream.read(LONGEST)
    sign = b"\0" if b"\0" in beginning else b"\n"
    left = beginning
    while left:
        *whole, left = left.split(sign)
        yield from (os.fsdecode(line.removesuffix(b"\r")) for line in whole if line.strip())
        if len(left) > LONGEST:
            raise ListError("has a line of more than 1 MiB: not a list of paths")
        more = stream.read(LONGEST)
        if not more:
            if left.strip():
                yield os.fsdecode(left)
            return
        left += more


def listed(paths: Iterable[str], projects: Projects, trees: GitTrees, shard: Shard) -> Iterator[Piece]:
    """Yield every input that the paths stand for, once."""
    seen: set[str] = set()
    for path in paths:
        for piece in _expanded(path, projects, trees):
            if piece.refusal is None:
                known = piece.path if piece.tree is not None else identity_of(piece.place)
                if known in seen:
                    continue
                seen.add(known)
            if shard.holds(piece.path):
                yield piece


def _expanded(path: str, projects: Projects, trees: GitTrees) -> Iterator[Piece]:
    if is_git(path):
        yield from _of_tree(path, projects, trees)
        return
    for found in discover([path], _exclusions(projects)):
        if isinstance(found, Candidate):
            yield Piece(found.path, found.path, found.named)
        else:
            yield _refused(found, found.path)


def _refused(coverage: Coverage, path: str) -> Piece:
    return Piece(path, path, refusal=of_coverage(coverage, path))


def _exclusions(projects: Projects) -> Exclusions:
    def of(folder: str) -> Exclusion:
        try:
            return projects.exclusion(folder)
        except ConfigurationError:
            return Exclusion()  # the inputs below say what is wrong

    return of


def _of_tree(path: str, projects: Projects, trees: GitTrees) -> Iterator[Piece]:
    try:
        address = parse(path)
        tree = named(address)
        snapshot = trees.of(tree)
    except GitError as error:
        yield Piece(path, path, refusal=refused(path, "unknown", "error", str(error)))
        return
    projects.end_at(snapshot.folder)

    def within(place: str) -> str:
        found = os.path.relpath(place, snapshot.folder).replace(os.sep, "/")
        return "" if found == os.curdir else found

    def called(inside: str) -> str:
        return str(GitAddress(address.repository, address.revision, inside))

    below = f"{address.inside}/" if address.inside else ""
    for each in snapshot.left_out:
        if each.inside.startswith(below) or each.inside == address.inside:
            name = called(each.inside)
            yield Piece(name, name, refusal=refused(name, "unknown", each.status, each.reason))
    start = os.path.join(snapshot.folder, *address.inside.split("/"))  # noqa: PTH118
    for found in discover([start], _exclusions(projects)):
        inside = within(found.path)
        if isinstance(found, Candidate):
            yield Piece(called(inside), inside, found.named, tree)
        else:
            yield _refused(found, called(inside))
