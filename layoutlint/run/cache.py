"""The cache: what an earlier run found out about a file that would be read in the same way now.

A file's entry lies under the hash of everything that decides what is said of it and is known beforehand: its
place and content (of a saved model, which is never read whole, its size and times), the rules, the
configuration, the version of layoutlint and of Python. What was looked at on the way is listed in the entry,
fact by fact (:mod:`layoutlint.model.reads`): contents by the hash of the bytes that were read, and look-ups,
those that found nothing included. Entries are JSON and are checked against their types when they are read (a
cache in a repository is untrusted input); one that does not fit is no entry.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

import layoutlint
from layoutlint.engine.rule_folder import builtin_folder
from layoutlint.model.findings import Coverage
from layoutlint.model.reads import STATES, Fact, digest
from layoutlint.run.configuration import Configuration
from layoutlint.run.discovery import SOURCE_EXTENSIONS, Candidate
from layoutlint.run.examination import Examined
from layoutlint.run.inputs import KERAS_WORDS, own_place
from layoutlint.run.projects import Projects
from layoutlint.system.regular_files import MEBIBYTE, SOURCE, read
from layoutlint.system.whole_files import write_whole

FOLDER = ".layoutlint_cache"
MAX_ENTRY = 16 * MEBIBYTE


class Known:
    """What facts are now, each found out once for a run; ``ways`` says how those of a kind are."""

    def __init__(self, ways: Mapping[str, Callable[[str], str]] = STATES) -> None:
        self._ways = ways
        self._states: dict[tuple[str, str], str] = {}

    def holds(self, fact: Fact) -> bool:
        """Tell whether what was seen then is what there is now."""
        kind, path, state = fact
        found = self._states.get((kind, path))
        if found is None:
            if kind not in self._ways:
                return False
            found = self._states[kind, path] = self._ways[kind](path)
        return found == state


class Cache(Struct):
    """Entries in a folder, for one version of the tool, its rules and its configuration."""

    folder: Path
    configuration: Configuration
    known: Known
    _settings: bytes | None = None
    _given: dict[str, str] = {}
    _names: dict[str, tuple[str, Fact]] = {}

    def get(self, candidate: Candidate | Coverage) -> Examined | None:
        """Return what is known of an input; None for what must be examined (again)."""
        name = self._name(candidate)
        if name is None:
            return None
        try:
            data = read(self.folder / name, MAX_ENTRY)
        except OSError:
            return None
        import msgspec

        try:
            examined = msgspec.json.decode(data, type=Examined)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        own = self._names[candidate.path][1]
        others = (fact for fact in examined.facts if fact[:2] != own[:2])
        # its own content was read just now: what lies on the disk next is for the next run
        return examined if own in examined.facts and all(map(self.known.holds, others)) else None

    def put(self, candidate: Candidate | Coverage, examined: Examined) -> None:
        """Keep what was found, unless it may be another time: an input that could not be read, one that has
        changed since it was looked up here, a rule that has.
        """
        name, own = self._names.get(candidate.path, (None, None))
        holds = examined.steady and examined.settled
        if name is None or examined.coverage.status == "error" or not holds:
            return
        if own not in examined.facts or self._given != _given(self.configuration):
            return
        import msgspec

        # a cache that cannot be written is no reason to fail, and JSON cannot carry every name
        with contextlib.suppress(OSError, UnicodeEncodeError):
            self._make_folder()
            write_whole(self.folder / name, msgspec.json.encode(examined))

    def _name(self, candidate: Candidate | Coverage) -> str | None:
        """Return the name of an input's entry; None for what is not worth one or cannot be hashed cheaply."""
        path = candidate.path
        if isinstance(candidate, Coverage) or candidate.data is not None:
            return None
        own = _own(path)
        if own is None:
            return None
        if self._settings is None:
            self._given = _given(self.configuration)
            self._settings = _settings(self.configuration, self._given)
        # the path as it was written is in the findings; a copy of the project is another project
        key = "\0".join((path, *own, os.path.realpath(path))).encode(errors="surrogateescape")
        name = digest(self._settings + key)
        self._names[path] = name, own
        return name

    def _make_folder(self) -> None:
        if self.folder.is_dir():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
        (self.folder / "CACHEDIR.TAG").write_text(
            "Signature: 8a477f597d28d172789f06886806bc55\n", encoding="utf-8"
        )


def _own(path: str) -> Fact | None:
    """Return what is known of an input itself, before it is examined; None for what is not worth an entry."""
    place = own_place(path)
    if not path.endswith(SOURCE_EXTENSIONS):
        return "tree", place, STATES["tree"](place)
    try:
        data = read(path, SOURCE)
    except (OSError, ValueError):
        return None
    return None if KERAS_WORDS.search(data) is None else ("content", place, digest(data))


class Caches:
    """The caches of a run: each beside its configuration, or in the current folder."""

    def __init__(self, projects: Projects) -> None:
        self._projects = projects
        self._caches: dict[Path | None, Cache] = {}
        self._known = Known()

    def get(self, candidate: Candidate | Coverage) -> Examined | None:
        """Return what is known of an input; None for what must be examined (again)."""
        return self._of(candidate).get(candidate)

    def put(self, candidate: Candidate | Coverage, examined: Examined) -> None:
        """Keep what was found, unless it may be another time (an input that could not be read)."""
        self._of(candidate).put(candidate, examined)

    def _of(self, candidate: Candidate | Coverage) -> Cache:
        configuration = self._projects.of(candidate.path)
        key = configuration.file
        if key not in self._caches:
            root = configuration.file.parent if configuration.file is not None else Path.cwd()
            self._caches[key] = Cache(root / FOLDER, configuration, self._known)
        return self._caches[key]


def _settings(configuration: Configuration, given: Mapping[str, str]) -> bytes:
    """Return the hash of all that decides what is said of a file besides the file and what it reads."""
    packages = configuration.reach.packages if configuration.follow else ()
    whole = (layoutlint.__version__, sys.version_info[:3], configuration, packages, sorted(given.items()))
    parts = [repr(whole).encode(errors="surrogateescape")]
    for folder in (Path(layoutlint.__file__).parent, builtin_folder()):
        for root, _, names in os.walk(folder):
            for name in sorted(names):
                if name.endswith((".py", ".md", ".yaml", ".json")):
                    # the tool's own files: their times tell a change as surely as their content would
                    status = os.stat(f"{root}/{name}")  # noqa: PTH116 (at every start)
                    parts.append(f"{root}/{name}{status.st_size}{status.st_mtime_ns}".encode())
    return digest(b"".join(parts)).encode()


def _given(configuration: Configuration) -> dict[str, str]:
    """Return the user's own rules and knowledge, by file, with the hashes of their contents."""
    return {str(file): STATES["content"](str(file)) for file in given_files(configuration)}


def given_files(configuration: Configuration) -> list[Path]:
    """Return the files of the user's own rules and knowledge."""
    if not configuration.rules and not configuration.knowledge:
        return []
    from layoutlint.knowledge.loader import files

    found = [file for folder in configuration.rules for file in sorted(folder.glob("*.md"))]
    return [*found, *files(configuration.knowledge)]
