"""By what an input is known again: its content, what was looked at for it, its configuration.

States are free of places and times, so that a copy elsewhere, or the same file of another commit, is known.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from layoutlint import __version__
from layoutlint.fleet.result_rows import LookedAt, ResultRow
from layoutlint.model.reads import MISSING, STATES, Fact, digest, is_settled
from layoutlint.readers.formats import extension_of
from layoutlint.readers.pins import folders_above
from layoutlint.run.cache import Known, given_files
from layoutlint.run.configuration import Configuration
from layoutlint.run.discovery import EXTENSIONS
from layoutlint.system import regular_files, remote_files
from layoutlint.system.regular_files import MEBIBYTE

SHA256: Final = "sha256:"
ETAG: Final = "etag:"
THERE: Final = "there"
DEPTH: Final = "depth"
"""How far up the files of a project are looked for: in how many folders."""

SETTINGS: Final = frozenset([".toml", ".txt", ".in", ".cfg", ".lock", ".md"])
"""Files that say which versions, which rules and which configuration count."""

MARKS: Final = ("ETag", "etag", "md5", "md5Hash", "crc32c", "checksum", "Content-MD5", "generation")
"""What stores call that which changes with a content."""


def content_of(place: str) -> str | None:
    """Return by what the bytes of a file or folder are known; None where nothing tells.

    Raises OSError.
    """
    if remote_files.is_address(place):
        return _version_at(place)
    if os.path.isdir(place):  # noqa: PTH112 (thousands of paths pass)
        return SHA256 + _sha256_of_folder(place)
    return SHA256 + _sha256(place)


def _sha256(place: str) -> str:
    whole = hashlib.sha256()
    with regular_files.opened(place, buffering=0) as file:
        while part := file.read(MEBIBYTE):
            whole.update(part)
    return whole.hexdigest()


def _sha256_of_folder(place: str) -> str:
    """Return the hash over the names and hashes of all files in a folder."""
    whole = hashlib.sha256()
    for root, folders, names in os.walk(place):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(root, name)  # noqa: PTH118
            whole.update(f"{os.path.relpath(path, place)}\0".encode(errors="surrogateescape"))
            whole.update(_hashed(path).encode())
    return whole.hexdigest()


def _version_at(address: str) -> str | None:
    found = remote_files.described(address)
    marks = [f"{name}={found[name]}" for name in MARKS if found.get(name)]
    return f"{ETAG}{digest(repr((marks, found.get('size'))).encode())}" if marks else None


def looked_at(facts: Iterable[Fact], place: str) -> Iterator[LookedAt]:
    """Yield what was seen of other files for an input at a place."""
    own = os.path.abspath(place)  # noqa: PTH100
    folder = os.path.dirname(own)  # noqa: PTH120
    asks_project = False
    for kind, path, state in facts:
        if path == own and kind in ("content", "tree"):
            continue
        if kind in ("file", "folder"):
            state = _there(state)
        elif kind in ("tree", "names"):
            state = _portable(kind, path, state)
            asks_project = asks_project or kind == "names"
        yield LookedAt(kind, _relative(path, folder), state)
    if asks_project:
        yield LookedAt(DEPTH, ".", _depth(folder))


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return path


def _portable(kind: str, path: str, seen: str) -> str:
    """Return the state of a fact, free of places and times; ``seen`` is its state with them."""
    if kind == "tree" and not is_settled(path):
        return PORTABLE[kind](path)
    return _once(kind, path, seen)


@lru_cache(maxsize=4096)
def _once(kind: str, path: str, seen: str) -> str:
    """Return the state of a fact: many inputs look at the same folders, data and weights."""
    return PORTABLE[kind](path)


def _there(state: str) -> str:
    return THERE if state else MISSING


def _hashed(path: str) -> str:
    """Return the hash of a file or folder."""
    try:
        return _sha256_of_folder(path) if os.path.isdir(path) else _sha256(path)  # noqa: PTH112
    except (OSError, ValueError):
        return MISSING


def _depth(folder: str) -> str:
    return str(len(folders_above(Path(folder))))


def _names(folder: str) -> str:
    """Return the hash over the names in a folder that can decide anything: programs, models, settings."""
    try:
        names = sorted(filter(is_of_project, os.listdir(folder)))  # noqa: PTH208
    except OSError:
        return MISSING
    return digest("\n".join(names).encode(errors="surrogateescape"))


def is_of_project(path: str) -> bool:
    """Tell whether a file can be an input, or say which versions, rules and configuration count."""
    extension = extension_of(path)
    return extension in EXTENSIONS or extension in SETTINGS or path.rpartition("/")[2] == "Pipfile"


def imports_of(seen: Iterable[LookedAt]) -> str:
    """Return the hash over what was looked at for an input."""
    lines = "\n".join(sorted(f"{each.kind}\0{each.path}\0{each.state}" for each in seen))
    return SHA256 + digest(lines.encode(errors="surrogateescape"))


PORTABLE: Final[Mapping[str, Callable[[str], str]]] = {
    "file": lambda path: _there(STATES["file"](path)),
    "folder": lambda path: _there(STATES["folder"](path)),
    "content": _hashed,
    "tree": _hashed,
    "names": _names,
    DEPTH: _depth,
}
"""How each kind of fact is found out (again), free of places and times."""


class Surroundings:
    """What the files around inputs are now, each looked at once for a run."""

    def __init__(self) -> None:
        self._known = Known(PORTABLE)

    def hold(self, row: ResultRow, place: str) -> bool:
        """Tell whether all that a row was made with is around a place, too."""
        folder = os.path.dirname(os.path.abspath(place))  # noqa: PTH100, PTH120
        return all(
            self._known.holds((each.kind, os.path.normpath(os.path.join(folder, each.path)), each.state))  # noqa: PTH118
            for each in row.looked_at
        )


def configuration_digest(configuration: Configuration) -> str:
    """Return the hash of all in a configuration that decides what is said, the contents of the rules and the
    knowledge that it names included.
    """
    contents = [(file.name, _hashed(str(file))) for file in given_files(configuration)]
    plain = replace(configuration, rules=(), knowledge=(), file=None)
    return digest(repr((plain, contents)).encode(errors="surrogateescape"))[:32]


class Digests:
    """The digests of configurations, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[Path | None, str] = {}

    def of(self, configuration: Configuration, place: str) -> str:
        """Return the digest of the configuration of an input; its place counts where rules are ignored by
        file.
        """
        known = configuration.file
        if known not in self._known:
            self._known[known] = configuration_digest(configuration)
        whole = self._known[known]
        if not configuration.per_file_ignores or known is None:
            return whole
        return digest(f"{whole}{os.path.relpath(place, known.parent)}".encode(errors="surrogateescape"))[:32]


def key_of(row: ResultRow) -> bytes | None:
    """Return under what a row is found again; None for one that says nothing for later."""
    if row.content is None or row.imports is None:
        return None
    return key(row.path, row.named, row.content, row.configuration, row.layoutlint)


def key(path: str, named: bool, content: str, configuration: str, version: str = __version__) -> bytes:
    """Return under what the row of an input is found: its name counts, its folder does not."""
    name = path.rstrip("/").replace(os.sep, "/").rsplit("/", 1)[-1]
    parts: tuple[Any, ...] = (version, configuration, name, named, content)
    return hashlib.sha256(repr(parts).encode(errors="surrogateescape")).digest()[:16]
