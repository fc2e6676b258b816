"""What a Git repository holds at a revision, read from its objects: no checkout, no hook, no filter.

Git is asked by ``rev-parse``, ``ls-tree`` and ``cat-file --batch``; it fetches nothing and starts no program
that the repository names.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Final

from msgspec import Struct

from layoutlint.system.regular_files import MEBIBYTE

_SAFE: Final = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_TAKEN_OUT: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
"""What a hook that runs us would have Git take for the repository."""

LARGEST_SAID: Final = MEBIBYTE

BLOB: Final = "blob"
LINK: Final = "120000"
SUBMODULE: Final = "160000"


class GitError(Exception):
    """Git cannot say what is asked; ``str(error)`` says why, in one line."""


class TreeEntry(Struct, frozen=True):
    """A file in a tree: its mode, the name of its object, its size, its path from the top."""

    mode: str
    object: str
    size: int
    path: str


def commit_of(repository: str, revision: str) -> str:
    """Return the commit that a revision names now. Raises GitError."""
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    try:
        return _said(repository, *asked).decode().strip()
    except GitError as error:
        raise GitError(str(error) or f"unknown revision {revision}") from None


def entries(repository: str, commit: str) -> Iterator[TreeEntry]:
    """Yield the files of a commit, links and submodules included. Raises GitError."""
    for line in _said(repository, "ls-tree", "-r", "-z", "-l", "--full-tree", commit).split(b"\0"):
        if line:
            head, _, path = line.partition(b"\t")
            mode, _, name, size = head.split()
            # of a submodule there is no size, of a missing object a word
            bytes_ = int(size) if size.isdigit() else 0
            yield TreeEntry(mode.decode(), name.decode(), bytes_, os.fsdecode(path))


class Blobs:
    """One ``git cat-file --batch``: contents by the names of their objects."""

    def __init__(self, repository: str) -> None:
        self._git = _started(repository, "cat-file", "--batch", stdin=subprocess.PIPE)

    def __enter__(self) -> Blobs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._git.kill()
        for stream in (self._git.stdin, self._git.stdout):
            assert stream is not None
            with contextlib.suppress(OSError):
                stream.close()
        self._git.wait()

    def copy(self, entry: TreeEntry, target: IO[bytes]) -> None:
        """Write the content of a blob. Raises GitError, and OSError where it cannot be written."""
        asking, answers = self._git.stdin, self._git.stdout
        assert asking is not None
        assert answers is not None
        try:
            asking.write(f"{entry.object}\n".encode())
            asking.flush()
        except OSError:
            raise GitError("git has ended") from None
        head = answers.readline().split()
        if len(head) != 3 or head[1] != BLOB.encode():
            raise GitError("its object is missing in the repository" if head else "git has ended")
        left = int(head[2])
        while left:
            part = answers.read(min(left, MEBIBYTE))
            if not part:
                raise GitError("git has ended")
            left -= len(part)
            target.write(part)
        answers.read(1)


def _said(repository: str, *arguments: str) -> bytes:
    git = _started(repository, *arguments)
    with git:
        told, said = git.communicate()
    if git.returncode != 0:
        lines = said[:LARGEST_SAID].decode(errors="replace").strip().splitlines()
        raise GitError(lines[0].removeprefix("fatal: ") if lines else "")
    return told


def _started(repository: str, *arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _TAKEN_OUT}
    try:
        return subprocess.Popen(
            ["git", *_SAFE, "-C", repository, *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if stdin == subprocess.PIPE else subprocess.PIPE,
            env=environment | _ENVIRONMENT,
        )
    except (OSError, ValueError) as error:
        raise GitError(f"git cannot be run: {error}") from None
