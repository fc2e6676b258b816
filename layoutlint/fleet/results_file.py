"""Files of results: JSON lines or Parquet, written so that nothing is lost.

While a run goes on, each row is appended to ``FILE.part`` as soon as it is there. At the end ``FILE`` is
written beside it, in the order of the inputs, and takes its place in one step. The rows of both are known to
the next run.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from typing import IO, Final

import msgspec

from layoutlint.fleet import parquet_files
from layoutlint.fleet.contents import key_of
from layoutlint.fleet.parquet_files import NoParquetError, is_parquet
from layoutlint.fleet.result_rows import ResultRow, decoded, encoded
from layoutlint.system.regular_files import words

PART: Final = ".part"
NEW: Final = ".new"


class ResultsError(Exception):
    """A file of results cannot be read or written; ``str(error)`` says which and why, in one line."""


def read(file: str) -> Iterator[ResultRow]:
    """Yield the rows of a file of results. Raises ResultsError."""
    try:
        if is_parquet(file):
            yield from parquet_files.read(file)
            return
        with open(file, "rb") as stream:  # noqa: PTH123
            for number, line in enumerate(stream, start=1):
                if not line.endswith(b"\n"):
                    return  # of a scan that goes on, or was ended
                try:
                    yield decoded(line)
                except (msgspec.MsgspecError, ValueError) as error:
                    raise ResultsError(f"{file}:{number}: not a row of results: {error}") from None
    except NoParquetError as error:
        raise ResultsError(f"{file}: {error}") from None
    except OSError as error:
        raise ResultsError(f"{file}: {words(error)}") from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise ResultsError(f"{file}: {error}") from None


class _Known:
    """Rows of earlier runs in a file of JSON lines, found by their keys and read when they are asked for."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._by_key: dict[bytes, list[int]] = {}
        self._by_path: dict[str, int] = {}

    def learn(self) -> int:
        """Take in all rows; return where the last whole one ends."""
        self._stream.seek(0)
        end = 0
        for line in self._stream:
            try:
                row = decoded(line)
            except (msgspec.MsgspecError, ValueError):
                # the end of a disk, or of a process: what was written before is whole
                end += len(line) if line.endswith(b"\n") else 0
                continue
            if not line.endswith(b"\n"):
                break
            key = key_of(row)
            if key is not None:
                self._by_key.setdefault(key, []).append(end)
            self._by_path[row.path] = end
            end += len(line)
        return end

    def of_key(self, key: bytes) -> Iterator[ResultRow]:
        """Yield the rows with a key, the latest first."""
        for at in reversed(self._by_key.get(key, [])):
            yield self._at(at)

    def of_path(self, path: str) -> ResultRow | None:
        """Return the latest row of an input."""
        at = self._by_path.get(path)
        return None if at is None else self._at(at)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def _at(self, at: int) -> ResultRow:
        self._stream.seek(at)
        return decoded(self._stream.readline())


class ResultsFile:
    """The results of a run. Raises ResultsError for what cannot be read or written."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.part = f"{file}{PART}"
        self._streams = contextlib.ExitStack()
        self._known: list[_Known] = []
        self._places: array[int] = array("q")
        self._in_part: _Known | None = None
        self._is_direct = self._owns_part = False
        try:
            if is_parquet(file):
                parquet_files.needed()
            self._is_direct = _is_device(file)
            self._out = self._streams.enter_context(
                open(file if self._is_direct else self.part, "ab", buffering=0)  # noqa: PTH123, SIM115
            )
            if not self._is_direct:
                _lock(self._out)
                self._owns_part = True
                self._learn()
        except NoParquetError as error:
            raise ResultsError(str(error)) from None
        except ResultsError:
            self.close()
            raise
        except (OSError, ValueError) as error:
            self.close()
            raise ResultsError(f"{self.part} cannot be written: {words(error)}") from None

    def _learn(self) -> None:
        if os.path.exists(self.file):  # noqa: PTH110
            earlier: IO[bytes]
            if is_parquet(self.file):
                earlier = self._streams.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
                earlier.writelines(map(encoded, read(self.file)))
            else:
                earlier = self._streams.enter_context(open(self.file, "rb"))  # noqa: PTH123, SIM115
            self._known.append(_Known(earlier))
            self._known[0].learn()
        part = self._streams.enter_context(open(self.part, "rb"))  # noqa: PTH123, SIM115
        self._in_part = _Known(part)
        end = self._in_part.learn()
        os.truncate(self.part, end)
        self._known.append(self._in_part)

    @property
    def keeps_rows(self) -> bool:
        """Whether a run that stops leaves rows for the next one."""
        return not self._is_direct and os.fstat(self._out.fileno()).st_size > 0

    @property
    def knows_rows(self) -> bool:
        """Whether an earlier run has left rows."""
        return any(self._known)

    def known(self, key: bytes) -> Iterator[ResultRow]:
        """Yield the rows of earlier runs with a key, those of an interrupted run first."""
        for each in reversed(self._known):
            yield from each.of_key(key)

    def interrupted(self, path: str) -> ResultRow | None:
        """Return the row that an interrupted run has left of an input."""
        return None if self._in_part is None else self._in_part.of_path(path)

    def add(self, number: int, row: ResultRow) -> None:
        """Write the row of the input with a number, from 0."""
        line = encoded(row)
        try:
            at = os.fstat(self._out.fileno()).st_size
            left = memoryview(line)
            while left:
                left = left[self._out.write(left) :]
        except OSError as error:
            raise ResultsError(f"{self._out.name} cannot be written: {words(error)}") from None
        while len(self._places) <= number:
            self._places.append(-1)
        self._places[number] = at

    def finish(self) -> None:
        """Write the file: the rows of this run, in the order of the inputs."""
        if self._is_direct:
            return
        new = f"{self.file}{NEW}"
        try:
            if is_parquet(self.file):
                parquet_files.write(new, (decoded(line) for line in self._lines()))
            else:
                _write(new, self._lines())
            os.replace(new, self.file)  # noqa: PTH105
            os.unlink(self.part)  # noqa: PTH108
            self._owns_part = False
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(new)  # noqa: PTH108
            raise ResultsError(f"{self.file} cannot be written: {words(error)}") from None

    def _lines(self) -> Iterator[bytes]:
        with open(self.part, "rb") as stream:  # noqa: PTH123
            for at in self._places:
                if at >= 0:
                    stream.seek(at)
                    yield stream.readline()

    def close(self) -> None:
        """Close everything; ``FILE.part`` of a run that is not finished stays for the next one, if it has
        rows.
        """
        self._streams.close()
        with contextlib.suppress(OSError):
            if self._owns_part and os.path.getsize(self.part) == 0:  # noqa: PTH202
                os.unlink(self.part)  # noqa: PTH108


def _write(file: str, lines: Iterable[bytes]) -> None:
    with open(file, "wb") as stream:  # noqa: PTH123
        stream.writelines(lines)
        stream.flush()
        os.fsync(stream.fileno())


def _is_device(file: str) -> bool:
    """Tell whether a name stands for something that is no file: a device, a pipe."""
    try:
        return not stat.S_ISREG(os.stat(file).st_mode)  # noqa: PTH116
    except OSError:
        return False


def _lock(stream: IO[bytes]) -> None:
    """Keep other runs off a file. Raises OSError where one writes to it."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        # not flock: workers that are forked would hold it, too
        fcntl.lockf(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        raise OSError(0, "another run writes to it") from None
