"""Python files that nobody here wrote, as many as this machine has: none crashes the interpreter, none
takes so long that its worker would be ended.

``python -m tests.interpreter.test_real_files FOLDER...`` goes over whole folders.
"""

from __future__ import annotations

import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from layoutlint.interpreter.core.budget import Limits
from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers.source import read
from layoutlint.system.hard_limits import HardLimits

FOLDERS = tuple(Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib"))
SAMPLE, SLOW_SAMPLE = 6, 1200
LIMIT = HardLimits.of(Limits().seconds).seconds
"""Seconds of processor time after which the worker that reads a file is ended."""


def python_files(folder: Path) -> list[Path]:
    """All Python files below a folder, in a fixed order, without the packages installed in it."""
    return sorted(
        path
        for path in folder.rglob("*.py")
        if path.is_file() and "site-packages" not in path.relative_to(folder).parts
    )


def spread(paths: list[Path], count: int) -> list[Path]:
    """``count`` of the paths, evenly spread."""
    step = max(1, len(paths) // count)
    return paths[::step]


def trouble(path: Path) -> str | None:
    """What went wrong with a file: a crash, or more processor time than a worker has; None if all is well."""
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError):
        return None
    started = time.process_time()
    try:
        read(text, str(path))
    except UnreadableError:
        return None
    except Exception as error:
        return f"{path}: {type(error).__name__}: {error}"
    taken = time.process_time() - started
    return f"{path}: {taken:.1f} s" if taken > LIMIT else None


def troubles(paths: list[Path]) -> Iterator[str]:
    """Everything that went wrong."""
    return (found for path in paths if (found := trouble(path)) is not None)


@pytest.mark.parametrize("folder", FOLDERS, ids=("standard-library", "site-packages"))
def test_a_sample(folder: Path) -> None:
    assert not list(troubles(spread(python_files(folder), SAMPLE)))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(6))
@pytest.mark.parametrize("folder", FOLDERS, ids=("standard-library", "site-packages"))
def test_a_large_sample(folder: Path, part: int) -> None:
    assert not list(troubles(spread(python_files(folder), SLOW_SAMPLE)[part::6]))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        files = python_files(Path(name))
        found = list(troubles(files))
        print(*found, f"{name}: {len(files)} files, {len(found)} in trouble", sep="\n")
