"""The files of the built-in rules, cut and parsed: kept beside them as bytecode is kept beside modules.

Parsing their YAML, and loading what parses it, takes a seventh of a short run. As for modules, what is kept
holds for the files as they are, is made anew otherwise, and is not written where Python writes no bytecode.
It is as trusted as that: rules of users are not kept.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Struct

from layoutlint.engine import frontmatter
from layoutlint.engine.frontmatter import Document
from layoutlint.system.regular_files import version

State: TypeAlias = list[tuple[str, tuple[int, ...]]]


class Kept(Struct):
    """The documents of some files, and what these were when they were read."""

    state: State
    documents: list[Document]


def kept(folder: Path, files: Sequence[Path], read: Callable[[Path], Document]) -> list[Document]:
    """Return the documents of the files of a folder: as they are kept, or else as they are read now."""
    state = [(str(file), version(file.stat())) for file in (Path(frontmatter.__file__), *files)]
    place = _place(folder)
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        found = msgspec.msgpack.decode(place.read_bytes(), type=Kept)
        if found.state == state:
            return found.documents
    documents = list(map(read, files))
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError, UnicodeEncodeError):
            _write(place, msgspec.msgpack.encode(Kept(state, documents)))
    return documents


def _place(folder: Path) -> Path:
    return Path(cache_from_source(str(folder / "rules.py"))).with_suffix(".msgpack")


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_suffix(f".{os.getpid()}")
    temporary.write_bytes(data)
    temporary.replace(place)
