"""Files wherever they are: on this machine, or at an address."""

from __future__ import annotations

import os
from typing import BinaryIO

from layoutlint.system import regular_files, remote_files


def opened(path: str | os.PathLike[str], buffering: int = -1) -> BinaryIO:
    """Return a file, opened for reading. Raises OSError, and ValueError for an impossible name."""
    if isinstance(path, str) and remote_files.is_address(path):
        return remote_files.opened(path)
    return regular_files.opened(path, buffering)


def read(path: str | os.PathLike[str], limit: int) -> bytes:
    """Return the bytes of a file of at most ``limit`` bytes. Raises OSError, or ValueError for no name at
    all.
    """
    if isinstance(path, str) and remote_files.is_address(path):
        return remote_files.read(path, limit)
    return regular_files.read(path, limit)
