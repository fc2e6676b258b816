"""The one way to open a file: regular files alone, and no more of them than a limit.

A name may stand for a pipe that nobody writes to, a device that never ends, a folder, or gigabytes of data.
Each is an OSError here, whose ``strerror`` says so in a few words.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

MEBIBYTE = 2**20

SMALL = MEBIBYTE
"""The limit of files that people write and that hold settings."""

SOURCE = 4 * MEBIBYTE
"""The limit of source: what is larger is generated, and parsing takes a hundred times as much memory."""

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


class IrregularError(OSError):
    """The name stands for something that is not a regular file."""


class TooLargeError(OSError):
    """The file has more bytes than the limit."""


def opened(path: str | os.PathLike[str], buffering: int = -1) -> BinaryIO:
    """Return a regular file, opened for reading. Raises OSError, and ValueError for an impossible name."""
    # a device may do something when it is opened, so it is looked at first
    _check(os.stat(path), path)  # noqa: PTH116
    number = os.open(path, _FLAGS)
    try:
        _check(os.fstat(number), path)
        return os.fdopen(number, "rb", buffering=buffering)
    except BaseException:
        os.close(number)
        raise


def read(path: str | os.PathLike[str], limit: int) -> bytes:
    """Return the bytes of a regular file of at most ``limit`` bytes.

    Raises OSError, and ValueError for an impossible name.
    """
    with opened(path, buffering=0) as file:
        if os.fstat(file.fileno()).st_size > limit:
            raise _too_large(limit, path)
        # its size may be wrong: some systems show files of size 0 that are made while they are read
        parts: list[bytes] = []
        left = limit + 1
        while left and (part := file.read(left)):
            parts.append(part)
            left -= len(part)
    if not left:
        raise _too_large(limit, path)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def version(status: os.stat_result) -> tuple[int, ...]:
    """Return what changes whenever a file does; its time of modification can be set back."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_size


def holds(asked: Callable[[Path], bool], path: Path) -> bool:
    """Tell what ``Path.exists``, ``Path.is_dir`` or ``Path.is_file`` says of a path. Under a name that the
    system does not bear there is nothing; they raise there.
    """
    try:
        return asked(path)
    except (OSError, ValueError):
        return False


def words(error: OSError | ValueError) -> str:
    """Return what is wrong, in the words of the operating system in lower case: ``no such file or
    directory``.
    """
    said = (
        (error.strerror if isinstance(error, OSError) else str(error)) or str(error) or type(error).__name__
    )
    return said[0].lower() + said[1:]


def leads_out(path: str | os.PathLike[str], folder: str) -> bool:
    """Tell whether symbolic links on the way lead from a path inside the folder (a real path) to outside of
    it.
    """
    return not Path(os.path.realpath(path)).is_relative_to(folder)


def _check(status: os.stat_result, path: str | os.PathLike[str]) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a directory", os.fspath(path))
    if not stat.S_ISREG(status.st_mode):
        raise IrregularError(errno.EINVAL, "is not a regular file", os.fspath(path))


def _too_large(limit: int, path: str | os.PathLike[str]) -> TooLargeError:
    size = f"{limit // MEBIBYTE} MiB" if limit >= MEBIBYTE else f"{limit // 1024} KiB"
    return TooLargeError(errno.EFBIG, f"is too large: more than {size}", os.fspath(path))
