"""The cache: what an earlier run found out about a file that has not changed since.

A file's entry lies under the hash of everything that decides what is said of it: its path and content, the
names of the files around it, the rules, the configuration, the version of layoutlint and of Python. The
other files that were read for it are listed in the entry with their hashes. Entries are JSON and are checked
against their types when they are read (a cache in a repository is untrusted input); an entry that does not
fit is no entry.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from msgspec import Struct

import layoutlint
from layoutlint.model.findings import Coverage
from layoutlint.readers.pins import names_around
from layoutlint.run.configuration import Configuration
from layoutlint.run.discovery import STANDARD_INPUT, Candidate
from layoutlint.run.examination import Examined
from layoutlint.run.inputs import KERAS_WORDS
from layoutlint.system.regular_files import MEBIBYTE, SOURCE, read

FOLDER = ".layoutlint_cache"
MAX_ENTRY = 16 * MEBIBYTE
MAX_READ = 64 * MEBIBYTE
"""The largest file that an evaluation may have looked into."""

SOURCE_EXTENSIONS = (".py", ".pyw", ".ipynb")


class Entry(Struct, frozen=True):
    """What the cache holds of one input: the hashes of the other files that were read, and what was found."""

    files: dict[str, str]
    examined: Examined


class Cache(Struct):
    """Entries in a folder, for one version of the tool, its rules and its configuration."""

    folder: Path
    configuration: Configuration
    _settings: bytes | None = None
    _names: dict[str, str] = {}
    _hashes: dict[str, str] = {}

    def get(self, candidate: Candidate | Coverage) -> Examined | None:
        """What is known of an input; None for what must be examined (again)."""
        name = self._name(candidate)
        if name is None:
            return None
        try:
            data = read(self.folder / name, MAX_ENTRY)
        except OSError:
            return None
        import msgspec

        try:
            entry = msgspec.json.decode(data, type=Entry)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        if any(self._hash(path) != expected for path, expected in entry.files.items()):
            return None
        return entry.examined

    def put(self, candidate: Candidate | Coverage, examined: Examined) -> None:
        """Keep what was found, unless it may be another time (an input that could not be read)."""
        name = self._names.get(candidate.path)
        if name is None or examined.coverage.status == "error":
            return
        import msgspec

        entry = Entry({path: self._hash(path) for path in examined.files}, examined)
        temporary = self.folder / f"{name}.{os.getpid()}"
        # a cache that cannot be written is no reason to fail, and JSON cannot carry every name
        with contextlib.suppress(OSError, UnicodeEncodeError):
            self._make_folder()
            temporary.write_bytes(msgspec.json.encode(entry))
            temporary.replace(self.folder / name)

    def _name(self, candidate: Candidate | Coverage) -> str | None:
        """The name of an input's entry; None for what is not worth one or cannot be hashed cheaply."""
        path = candidate.path
        if isinstance(candidate, Coverage) or path == STANDARD_INPUT or not path.endswith(SOURCE_EXTENSIONS):
            return None
        try:
            data = read(path, SOURCE)
        except (OSError, ValueError):
            return None
        if KERAS_WORDS.search(data) is None:
            return None
        if self._settings is None:
            # worked out for the first source: a saved model needs no cache
            self._settings = _settings(self.configuration)
        around = names_around(Path(path).parent)
        key = b"\0".join((self._settings, f"{path}\0{around}".encode(errors="surrogateescape"), data))
        self._names[path] = _sha256(key).hex()
        return self._names[path]

    def _hash(self, path: str) -> str:
        if path not in self._hashes:
            try:
                self._hashes[path] = _sha256(read(path, MAX_READ)).hex()
            except (OSError, ValueError):
                self._hashes[path] = "gone"
        return self._hashes[path]

    def _make_folder(self) -> None:
        if self.folder.is_dir():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
        (self.folder / "CACHEDIR.TAG").write_text(
            "Signature: 8a477f597d28d172789f06886806bc55\n", encoding="utf-8"
        )


def open_cache(configuration: Configuration) -> Cache:
    """The cache of a project: beside its configuration, or in the current folder."""
    root = configuration.file.parent if configuration.file is not None else Path.cwd()
    return Cache(root / FOLDER, configuration)


def _settings(configuration: Configuration) -> bytes:
    """The hash of all that decides what is said of a file besides its content."""
    from layoutlint.engine.rules import builtin_folder

    parts = [repr((layoutlint.__version__, sys.version_info[:3], configuration)).encode()]
    for folder in (Path(layoutlint.__file__).parent, builtin_folder(), *configuration.rules):
        for root, _, names in os.walk(folder):
            for name in sorted(names):
                if name.endswith((".py", ".md", ".yaml", ".json")):
                    # the tool's own files: their times tell a change as surely as their content would
                    status = os.stat(f"{root}/{name}")  # noqa: PTH116 (at every start)
                    parts.append(f"{root}/{name}{status.st_size}{status.st_mtime_ns}".encode())
    if configuration.knowledge:
        from layoutlint.knowledge.loader import MAX_BYTES, files

        for file in files(configuration.knowledge):
            parts.append(f"{file}\0".encode(errors="surrogateescape") + read(file, MAX_BYTES))
    return _sha256(b"".join(parts))


def _sha256(data: bytes) -> bytes:
    import hashlib  # brings OpenSSL, and a saved model is checked without a cache

    return hashlib.sha256(data).digest()
