"""What was read and looked up on disk for one input: all that must still be so for its result to hold.

A look-up that failed counts as one that did not: a module that appears where it was looked for changes what
an import means. A content is known by the bytes that were read, hashed when they were read.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from layoutlint.system import regular_files

Fact: TypeAlias = tuple[str, str, str]
"""A kind of :data:`STATES`, a path, and the state that it was found in."""

MISSING: Final = ""

MAX_CONTENT: Final = 64 * regular_files.MEBIBYTE
"""Larger files are never read whole."""

MAX_ENTRIES: Final = 2000
"""So many files below a folder tell one state of it from another."""

SETTLED: Final = 2.0
"""Seconds after which a change of a file shows in its times on every file system."""


class Reads:
    """Looks at the disk, and remembers what it saw.

    ``steady`` is false where the result may be another one although nothing changes: a budget of time was
    used up. ``settled`` is false where nobody could see a change: of a file at an address, and of one that
    has changed so lately that its times would not show another change.
    """

    def __init__(self) -> None:
        self.steady = True
        self.settled = True
        self._seen: dict[tuple[str, str], str] = {}

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Everything that was seen."""
        return tuple((kind, path, state) for (kind, path), state in self._seen.items())

    def file(self, path: str) -> str | None:
        """Return the real path of a file; None where there is no file."""
        return self._look("file", path) or None

    def is_folder(self, path: str) -> bool:
        """Tell whether there is a folder."""
        return self._look("folder", path) != MISSING

    def read(self, path: str) -> bytes:
        """Return the content of a file. Raises OSError."""
        try:
            data = regular_files.read(path, MAX_CONTENT)
        except OSError:
            self.content(path, MISSING)
            raise
        self.content(path, digest(data))
        return data

    def content(self, path: str, hashed: str) -> None:
        """Note the :func:`digest` of bytes that were read from a file."""
        self._note("content", path, hashed)

    def hashed(self, path: str) -> None:
        """Note the content of a file as it is now."""
        self._look("content", path)

    def names(self, path: str) -> None:
        """Note which files are in a folder."""
        self._look("names", path)

    def model(self, path: str) -> None:
        """Note the state of a file or folder that is going to be read in pieces."""
        self._look("tree", path)
        self.settled = self.settled and is_settled(path)

    def include(self, others: Reads) -> None:
        """Note what was seen elsewhere for the same input."""
        if others is not self:
            self.steady = self.steady and others.steady
            self.settled = self.settled and others.settled
            self._seen |= others._seen

    def _look(self, kind: str, path: str) -> str:
        found = self._seen.get((kind, path))
        if found is None:
            found = self._seen[kind, path] = STATES[kind](path)
        return found

    def _note(self, kind: str, path: str, state: str) -> None:
        # a file that changed between two readings of one evaluation is none that the result holds for
        self.steady = self.steady and self._seen.setdefault((kind, path), state) == state


def digest(data: bytes) -> str:
    """Return the hash by which a content is known."""
    import hashlib  # brings OpenSSL: only source needs it

    return hashlib.sha256(data).hexdigest()


def content_of(path: str | os.PathLike[str], limit: int) -> tuple[bytes, str]:
    """Return a file's content and its :func:`digest`; nothing of one that cannot be read or is too large."""
    try:
        data = regular_files.read(path, limit)
    except (OSError, ValueError):
        return b"", MISSING
    return data, digest(data)


def _file(path: str) -> str:
    return os.path.realpath(path) if os.path.isfile(path) else MISSING  # noqa: PTH113


def _folder(path: str) -> str:
    return os.path.realpath(path) if os.path.isdir(path) else MISSING  # noqa: PTH112


def _content(path: str) -> str:
    return content_of(path, MAX_CONTENT)[1]


def _names(path: str) -> str:
    try:
        names = (name for name in os.listdir(path) if not name.startswith("."))  # noqa: PTH208
        return digest("\n".join(sorted(names)).encode(errors="surrogateescape"))
    except OSError:
        return MISSING


def _tree(path: str) -> str:
    """Return the names, sizes and times of a file, or of everything in a folder."""
    lines = [_status(path)]
    if os.path.isdir(path):  # noqa: PTH112
        for root, folders, names in os.walk(path):
            folders.sort()
            lines += [f"{name}{_status(os.path.join(root, name))}" for name in sorted(names)]  # noqa: PTH118
            if len(lines) > MAX_ENTRIES:
                break
    return digest("\n".join(lines).encode(errors="surrogateescape"))


def _status(path: str) -> str:
    try:
        found = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return MISSING
    if stat.S_ISDIR(found.st_mode):
        return f"{os.path.realpath(path)}/"
    times = f"{found.st_mtime_ns}:{found.st_ctime_ns}"
    return f"{os.path.realpath(path)}:{found.st_ino}:{found.st_size}:{times}"


def is_settled(path: str) -> bool:
    """Tell whether a file or folder has not changed for so long that its times would show another change."""
    now = time.time()
    names = [path]
    if os.path.isdir(path):  # noqa: PTH112
        names += [os.path.join(root, name) for root, _, files in os.walk(path) for name in files]  # noqa: PTH118
    for name in names[:MAX_ENTRIES]:
        try:
            found = os.stat(name)  # noqa: PTH116
        except (OSError, ValueError):
            continue
        if abs(now - max(found.st_mtime, found.st_ctime)) < SETTLED:
            return False
    return True


STATES: Final[Mapping[str, Callable[[str], str]]] = {
    "file": _file,
    "folder": _folder,
    "content": _content,
    "names": _names,
    "tree": _tree,
}
"""How each kind of fact is found out (again)."""
