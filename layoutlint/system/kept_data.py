"""What is parsed of the package's own data: kept beside the files as bytecode is kept beside modules.

Parsing YAML, and loading what parses it, takes a quarter of a short run. As for modules, what is kept holds
for the files as they are, is made anew otherwise, and is not written where Python writes no bytecode. It is
as trusted as that: nothing of a user is kept here.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import msgspec

from layoutlint.system.regular_files import version
from layoutlint.system.whole_files import write_whole

State: TypeAlias = list[tuple[str, tuple[int, ...]]]

T = TypeVar("T")


def kept(name: str, files: Sequence[Path], kind: type[T], make: Callable[[], T]) -> T:
    """Return what is made of some files: as it is kept, beside the last of them, or made now."""
    try:
        state = [(str(file), version(file.stat())) for file in files]
        place = Path(cache_from_source(str(files[-1].with_name(f"{name}.py")))).with_suffix(".msgpack")
    except (OSError, NotImplementedError):
        # in a program that is frozen, modules are no files; some Pythons keep no bytecode
        return make()
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        then, found = msgspec.msgpack.decode(place.read_bytes(), type=tuple[State, kind])  # type: ignore[valid-type]
        if then == state:
            data: T = found
            return data
    made = make()
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError, UnicodeEncodeError):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, msgspec.msgpack.encode((state, made)))
    return made


def own_yaml(path: Path) -> Any:
    """Return what a YAML file of the package says."""
    return kept(path.stem, [path], Any, lambda: _parsed(path))


def _parsed(path: Path) -> Any:
    import yaml

    with path.open(encoding="utf-8") as file:
        return yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
