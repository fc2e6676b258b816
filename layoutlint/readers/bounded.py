"""A file that is read within bounds: damaged or malicious sizes never become memory."""

from __future__ import annotations

import os
from typing import BinaryIO

from layoutlint.model.unreadable import UnreadableError
from layoutlint.system.file_position import FilePosition

MEBIBYTE = 2**20

MAX_BYTES = 64 * MEBIBYTE
"""What may be read of one file in all. An architecture is a few MiB at most, the weights are never read."""

MAX_READS = 500_000
"""How often one file may be read: a cycle of addresses ends here."""


class BoundedFile(FilePosition):
    """A seekable binary file that gives no more than it has, and counts what it gives.

    ``start`` and ``size`` cut a window out of ``file`` (a member of an archive); positions count from its
    start. Raises UnreadableError where a reader asks for more than ``limit`` bytes in all.
    """

    def __init__(
        self, file: BinaryIO, *, start: int = 0, size: int | None = None, limit: int = MAX_BYTES
    ) -> None:
        self.file = file
        self._start = start
        self.size = file.seek(0, os.SEEK_END) - start if size is None else size
        self._limit = limit
        self.bytes_read = 0
        self.reads = 0

    def read(self, count: int | None = -1, /) -> bytes:
        """At most ``count`` bytes from here; fewer at the end of the file."""
        left = max(self.size - self._position, 0)
        wanted = left if count is None or count < 0 else min(count, left)
        self.charge(wanted)
        if not wanted:
            return b""  # a position beyond the end may be none that the system can seek to
        self.file.seek(self._start + self._position)
        data = self.file.read(wanted)
        self._position += len(data)
        return data

    def charge(self, count: int) -> None:
        """Count one more read of so many bytes. Raises UnreadableError for more than there may be."""
        self.bytes_read += count
        self.reads += 1
        if self.bytes_read > self._limit or self.reads > MAX_READS:
            limit = self._limit // MEBIBYTE
            raise UnreadableError(f"asks to read more than {limit} MiB: damaged or malicious")
