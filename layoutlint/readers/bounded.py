"""A file that is read within bounds: damaged or malicious sizes never become memory."""

from __future__ import annotations

import os
from typing import BinaryIO

from layoutlint.model.unreadable import UnreadableError

MEBIBYTE = 2**20

MAX_BYTES = 64 * MEBIBYTE
"""What may be read of one file in all. An architecture is a few MiB at most, the weights are never read."""

MAX_READS = 500_000
"""How often one file may be read: a cycle of addresses ends here."""


class BoundedFile:
    """A seekable binary file that gives no more than it has, and counts what it gives.

    ``start`` and ``size`` cut a window out of ``file`` (a member of an archive); positions count from its
    start. Raises UnreadableError where a reader asks for more than ``limit`` bytes in all.
    """

    def __init__(
        self, file: BinaryIO, *, start: int = 0, size: int | None = None, limit: int = MAX_BYTES
    ) -> None:
        self._file = file
        self._start = start
        self.size = file.seek(0, os.SEEK_END) - start if size is None else size
        self._limit = limit
        self._position = 0
        self.bytes_read = 0
        self.reads = 0

    def read(self, count: int | None = -1, /) -> bytes:
        """At most ``count`` bytes from here; fewer at the end of the file."""
        left = max(self.size - self._position, 0)
        wanted = left if count is None or count < 0 else min(count, left)
        self.bytes_read += wanted
        self.reads += 1
        if self.bytes_read > self._limit or self.reads > MAX_READS:
            limit = self._limit // MEBIBYTE
            raise UnreadableError(f"asks to read more than {limit} MiB: damaged or malicious")
        if not wanted:
            return b""  # a position beyond the end may be none that the system can seek to
        self._file.seek(self._start + self._position)
        data = self._file.read(wanted)
        self._position += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a position, which may lie beyond the end."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("negative position")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """Return the position."""
        return self._position

    def seekable(self) -> bool:
        """Return True."""
        return True

    def readable(self) -> bool:
        """Return True."""
        return True
