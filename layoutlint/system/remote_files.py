"""Files at an address (``s3://``, ``gs://``, ``hf://``, ``https://``): read by ranges, through fsspec.

What cannot be reached is an OSError in a few words. No address with a password or a signature in it is taken,
because addresses are printed; the driver finds credentials by itself, and what it says of them is not shown.
"""

from __future__ import annotations

import errno
import io
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final, TypeVar

from layoutlint.system.file_position import FilePosition
from layoutlint.system.regular_files import MEBIBYTE, TooLargeError

T = TypeVar("T")

ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
SECRET: Final = re.compile(
    r"://[^/?#]*:[^/?#]*@|[?&#][^=&]*(?:sig|token|secret|password|passwd|credential|key)[^=&]*=",
    re.IGNORECASE,
)
"""A password before the host, a signature or a token among the arguments."""

BLOCK: Final = 1024
"""The headers of weights are a few hundred bytes each, spread over the whole file."""
BEGINNING: Final = 16 * 1024
"""What tells the kind of a file, and the end of an archive with its directory, come in one piece."""
MAX_WHOLE: Final = 64 * MEBIBYTE
"""What is read of a file on a server that gives no parts of it."""
GAP: Final = 1
"""Blocks that nobody asked for and that are fetched all the same, to have one request fewer."""
TOGETHER: Final = 64
"""Pieces that are asked for at the same time."""
SILENT: Final = 20.0
"""Seconds after which a server that sends nothing is waited for no longer."""
TRIES: Final = 3
PAUSE: Final = 0.25
"""Seconds before the second try; twice as many before the third."""

FINAL: Final = (FileNotFoundError, PermissionError, IsADirectoryError, NotImplementedError, ImportError)
"""Another try has the same end."""


def is_address(path: str) -> bool:
    """Tell whether a path is an address, and no file of this machine by its plain name."""
    return ADDRESS.match(path) is not None


def printable(address: str) -> str:
    """Return the address, without what follows its kind if that holds a secret."""
    found = ADDRESS.match(address)
    return address if found is None or not SECRET.search(address) else f"{found[0]}…"


def opened(address: str) -> BinaryIO:
    """Return a file at an address, read by ranges. Raises OSError."""
    system, path = _located(address)
    size = _asked(lambda: system.info(path)).get("size")
    return io.BufferedReader(RangeFile(system, path, size), 1)


def read(address: str, limit: int) -> bytes:
    """Return the bytes of a file of at most ``limit`` bytes at an address. Raises OSError."""
    with opened(address) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLargeError(errno.EFBIG, f"is too large: more than {limit // MEBIBYTE} MiB")
    return data


def described(address: str) -> Mapping[str, Any]:
    """Return what the store says of a file at an address. Raises OSError."""
    system, path = _located(address)
    found: Mapping[str, Any] = _asked(lambda: system.info(path))
    return found


def listed(address: str) -> list[str] | None:
    """Return the addresses of the files below a folder, or of those that fit a pattern, in order; None for a
    file.

    Raises OSError.
    """
    system, path = _located(address)
    if any(sign in path for sign in "*["):
        names = _asked(lambda: system.glob(path))
    elif _asked(lambda: system.info(path)).get("type") == "file":
        return None
    else:
        names = _asked(lambda: system.find(path))
    return [str(system.unstrip_protocol(name)) for name in sorted(names)]


class NotThereYetError(Exception):
    """Bytes of a file that :func:`looked_ahead` has yet to fetch."""


def looked_ahead(file: BinaryIO, read: Callable[[], T]) -> T:
    """Return what ``read`` makes of a file at an address, its blocks fetched many at a time.

    ``read`` is run again and again: each time it goes on past what is not there yet (a
    :class:`NotThereYetError` that it catches where it can do something else first), and all that it has
    missed is fetched together. The last run is the one that has missed nothing. Of any other file it is run
    once.
    """
    ranges = _ranges(file)
    if ranges is None:
        return read()
    while True:
        ranges.missing = []
        try:
            found = read()
        except NotThereYetError:
            pass
        finally:
            missing, ranges.missing = ranges.missing, None
        if not missing:
            return found
        ranges.fetch(missing)


def is_fetched(file: BinaryIO) -> bool:
    """Tell whether a file is one at an address."""
    return _ranges(file) is not None


def _ranges(file: BinaryIO) -> RangeFile | None:
    found = getattr(file, "raw", file)
    return found if isinstance(found, RangeFile) else None


class RangeFile(FilePosition, io.RawIOBase):
    """A file that is fetched in blocks, each once, as they are asked for.

    While ``missing`` is a list, nothing is fetched: what is not there is noted in it, as numbers of blocks.
    """

    def __init__(self, system: Any, path: str, size: int | None) -> None:
        self._system, self._path = system, path
        self._blocks: dict[int, bytes] = {}
        self._whole: bytes | None = None
        self.missing: list[int] | None = None
        self.fetched = 0
        if not isinstance(size, int):
            self._take_whole()
        self.size = size if isinstance(size, int) else len(self._whole or b"")
        if self._whole is None:
            self._fetch(0, BEGINNING)
            self._fetch(self.size - BEGINNING, self.size)

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer from here."""
        end = min(self._position + len(buffer), self.size)
        count = max(end - self._position, 0)
        if count:
            buffer[:count] = self._piece(self._position, end)
            self._position += count
        return count

    def _piece(self, start: int, end: int) -> bytes:
        if self._whole is None:
            self._fetch(start, end)
        if self._whole is not None:
            return self._whole[start:end]
        first, last = start // BLOCK, (end - 1) // BLOCK
        data = b"".join(self._blocks[number] for number in range(first, last + 1))
        return data[start - first * BLOCK : end - first * BLOCK]

    def _fetch(self, start: int, end: int) -> None:
        """Have the blocks from one position to another; those that are not there yet in one piece."""
        first, last = max(start, 0) // BLOCK, (min(end, self.size) - 1) // BLOCK
        missing = [number for number in range(first, last + 1) if number not in self._blocks]
        if not missing:
            return
        if self.missing is not None:
            self.missing += missing
            raise NotThereYetError
        self.fetch(range(missing[0], missing[-1] + 1))

    def fetch(self, numbers: Iterable[int]) -> None:
        """Fetch blocks: those that are neighbours, or nearly so, in one piece, and all pieces together."""
        pieces = [(first * BLOCK, min((last + 1) * BLOCK, self.size)) for first, last in _runs(numbers)]
        for few in (pieces[at : at + TOGETHER] for at in range(0, len(pieces), TOGETHER)):
            for (start, end), data in zip(few, self._parts(few), strict=True):
                self.fetched += len(data)
                if len(data) != end - start:
                    # a server that knows no ranges sends all of it
                    if len(data) != self.size:
                        raise OSError(errno.EIO, "is sent with another length than its server says")
                    self._whole = data
                    return
                for at in range(0, len(data), BLOCK):
                    self._blocks[(start + at) // BLOCK] = data[at : at + BLOCK]

    def _parts(self, pieces: Sequence[tuple[int, int]]) -> Sequence[bytes]:
        if len(pieces) == 1:
            ((start, end),) = pieces
            return [_asked(lambda: self._system.cat_file(self._path, start=start, end=end))]
        starts, ends = [start for start, _ in pieces], [end for _, end in pieces]
        paths = [self._path] * len(pieces)
        parts: Sequence[bytes] = _asked(
            lambda: self._system.cat_ranges(paths, starts, ends, on_error="raise")
        )
        return parts

    def _take_whole(self) -> None:
        def take() -> bytes:
            with self._system.open(self._path, "rb", block_size=0) as stream:
                data: bytes = stream.read(MAX_WHOLE + 1)
                return data

        self._whole = _asked(take)
        self.fetched += len(self._whole)
        if len(self._whole) > MAX_WHOLE:
            limit = MAX_WHOLE // MEBIBYTE
            raise TooLargeError(
                errno.EFBIG, f"is too large for a server without ranges: more than {limit} MiB"
            )


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of numbers that follow each other with no more than a small gap."""
    ordered = sorted(set(numbers))
    first = last = ordered[0]
    for number in ordered[1:]:
        if number > last + 1 + GAP:
            yield first, last
            first = number
        last = number
    yield first, last


def _located(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it."""
    if SECRET.search(address):
        raise PermissionError(errno.EACCES, "an address with credentials in it: leave them to the driver")
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise OSError(errno.ENOSYS, "an address needs fsspec: pip install layoutlint[remote]") from None
    system, path = _asked(lambda: url_to_fs(address, **_patience(address)))
    return system, path


def _patience(address: str) -> Mapping[str, Any]:
    """Return how long the driver of a web server waits; those of stores have limits of their own."""
    if not address.startswith(("http://", "https://")):
        return {}
    from aiohttp import ClientTimeout

    return {"client_kwargs": {"timeout": ClientTimeout(sock_connect=SILENT, sock_read=SILENT)}}


def _asked(action: Callable[[], T]) -> T:
    """Return what a driver answers, tried again where that may help; its errors in words of ours."""
    for tried in range(TRIES):
        try:
            return action()
        except FileNotFoundError as error:
            # fsspec says so of a server that is not there, too
            cause = error.__cause__
            if cause is None or isinstance(cause, FileNotFoundError) or getattr(cause, "status", 0) == 404:
                raise FileNotFoundError(errno.ENOENT, "no such file or folder") from None
            problem: Exception = cause if isinstance(cause, Exception) else error
        except PermissionError:
            raise PermissionError(errno.EACCES, "cannot be reached: access is denied") from None
        except ImportError as error:
            raise OSError(errno.ENOSYS, f"its driver is not installed: {_driver(error)}") from None
        except ValueError as error:
            if "rotocol not known" in str(error):
                raise OSError(errno.ENOSYS, "an address of a kind that fsspec does not know") from None
            problem = error
        except Exception as error:
            # each driver has exceptions of its own
            problem = error
        if isinstance(problem, FINAL) or tried + 1 == TRIES:
            raise OSError(errno.EHOSTUNREACH, f"cannot be reached: {_brief(problem)}") from None
        time.sleep(PAUSE * 2**tried)
    raise AssertionError("the last try ends")


def _driver(error: ImportError) -> str:
    found = re.search(r"[Ii]nstall (\w+)", str(error))
    return f"pip install {found[1]}" if found else type(error).__name__


def _brief(error: Exception) -> str:
    """Return what a driver says, without any address or key: its class, and the number of a status."""
    status = getattr(error, "status", None)
    said = error.strerror if isinstance(error, OSError) and error.strerror else ""
    plain = said if re.fullmatch(r"[A-Za-z ',-]{3,60}", said) else ""
    words = [type(error).__name__, *([f"status {status}"] if isinstance(status, int) else []), plain]
    return ", ".join(word for word in words if word)
