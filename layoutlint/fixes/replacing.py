"""Writing a fixed file: all of the new text or all of the old one, whatever happens on the way.

The new text goes to a temporary file in the same folder, which then takes the file's name in one step of the
file system. A process that is killed in between leaves a hidden file behind that no check looks at, and that
the next fix of the file takes away.
"""

from __future__ import annotations

import contextlib
import glob
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from layoutlint.fixes.writing import NotWritableError

ENDING = ".layoutlint-new"


class NotWrittenError(Exception):
    """The file could not be written and is what it was before; ``str(error)`` says why."""


class Trees:
    """The folders in which files may be changed: those that were named, and those of the files that were."""

    def __init__(self, paths: Iterable[str]) -> None:
        folders = [path if Path(path).is_dir() else os.path.dirname(path) for path in paths]  # noqa: PTH120
        self._named = [os.path.abspath(folder) for folder in folders]  # noqa: PTH100 (links stay links)
        self._real = [os.path.realpath(folder) for folder in folders]

    def target(self, path: str) -> str:
        """Return the file that is written for a path: what a symbolic link leads to. Raises NotWritableError
        where a link leads out of the folders.
        """
        real = os.path.realpath(path)
        absolute = os.path.abspath(path)  # noqa: PTH100
        if any(_is_below(absolute, folder) for folder in self._named) and not any(
            _is_below(real, folder) for folder in self._real
        ):
            raise NotWritableError("it is a symbolic link to outside of the folder")
        return real


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


def replace(path: str, before: bytes, after: bytes) -> None:
    """Replace the content of a file, which must still be ``before``; its mode and its owner stay.

    ``path`` is not a symbolic link. Raises NotWrittenError.
    """
    try:
        status = os.stat(path)  # noqa: PTH116
        if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
            raise NotWrittenError("it is read-only")
        _remove_leftovers(path)
        temporary = _written(path, after, status)
        try:
            if Path(path).read_bytes() != before:
                raise NotWrittenError("it was changed by another program in the meantime")
            os.replace(temporary, path)  # noqa: PTH105
        except BaseException:
            _remove(temporary)
            raise
    except OSError as error:
        raise NotWrittenError((error.strerror or type(error).__name__).lower()) from None
    with contextlib.suppress(OSError):
        _settle(os.path.dirname(path))  # noqa: PTH120


def _written(path: str, data: bytes, status: os.stat_result) -> str:
    """Return a temporary file with this content, on the disk, with the mode and the owner of the file."""
    folder, name = os.path.split(path)
    handle, temporary = tempfile.mkstemp(ENDING, f".{name[:100]}.", folder)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 (a file that is open already)
            file.write(data)
            file.flush()
            if hasattr(os, "fchown"):
                own = os.fstat(handle)
                if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
                    os.fchown(handle, status.st_uid, status.st_gid)
            _copy_attributes(path, temporary)
            # after the owner: changing that takes special bits away
            os.chmod(temporary, stat.S_IMODE(status.st_mode))  # noqa: PTH101
            os.fsync(handle)
    except BaseException:
        _remove(temporary)
        raise
    return temporary


def _copy_attributes(path: str, temporary: str) -> None:
    """Copy extended attributes, access control lists among them, as far as the file system has them."""
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(path):
            with contextlib.suppress(OSError):
                os.setxattr(temporary, name, os.getxattr(path, name))


def _remove_leftovers(path: str) -> None:
    """Remove what a process left behind that was killed while it fixed this file.

    One that is still at work finds its temporary file gone, and reports that: nothing is lost.
    """
    folder, name = os.path.split(path)
    for leftover in glob.glob(f".{glob.escape(name[:100])}.*{ENDING}", root_dir=folder):  # noqa: PTH207
        _remove(os.path.join(folder, leftover))  # noqa: PTH118


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)  # noqa: PTH108


def _settle(folder: str) -> None:
    """Put the new name on the disk."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
