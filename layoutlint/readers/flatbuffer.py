"""FlatBuffers, as much of them as it takes to read tables, texts and lists of numbers.

https://flatbuffers.dev/internals/: a table begins with the distance to its list of fields, which holds each
field's distance from the table; lists and texts begin with their length. Nothing is unpacked: a file is read
in pages, and only those that hold what is asked for.
"""

from __future__ import annotations

from struct import Struct as Layout
from typing import Final

from msgspec import Struct

from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers.bounded import MEBIBYTE, BoundedFile

PAGE: Final = 16 * 1024

MAX_LIST: Final = 200_000
"""No list of a description is longer: longer ones are weights."""

MAX_DESCRIPTION: Final = 16 * MEBIBYTE
"""How much is asked for in all: tables may share one long list, so that a small file holds a huge model."""

_INT8 = Layout("<b")
_UINT16, _UINT32, _INT32 = Layout("<H"), Layout("<I"), Layout("<i")


class Pages:
    """The bytes of a file by their places, read page by page."""

    def __init__(self, file: BoundedFile, name: str) -> None:
        self._file = file
        self._name = name
        self._pages: dict[int, bytes] = {}
        self._asked = 0

    def root(self) -> Record:
        """Return the table that the file begins with."""
        return Record(self, self.follow(0))

    def bytes_at(self, position: int, count: int) -> bytes:
        """So many bytes from a position. Raises UnreadableError beyond the end."""
        first, last = position // PAGE, (position + count - 1) // PAGE
        if position < 0 or position + count > self._file.size or last - first > MAX_LIST:
            raise UnreadableError(f"damaged {self._name}: an address lies outside of the file")
        self._asked += count
        if self._asked > MAX_DESCRIPTION:
            raise UnreadableError(
                f"its description is larger than {MAX_DESCRIPTION // MEBIBYTE} MiB: damaged or hostile"
            )
        data = b"".join(self._page(number) for number in range(first, last + 1))
        start = position - first * PAGE
        return data[start : start + count]

    def _page(self, number: int) -> bytes:
        found = self._pages.get(number)
        if found is None:
            self._file.seek(number * PAGE)
            found = self._pages[number] = self._file.read(PAGE)
        return found

    def number(self, layout: Layout, position: int) -> int:
        """Return a number of some form at a position."""
        found: int = layout.unpack(self.bytes_at(position, layout.size))[0]
        return found

    def follow(self, position: int) -> int:
        """Return the position that an address at a position leads to."""
        return position + self.number(_UINT32, position)

    def length(self, position: int) -> int:
        """Return the length of the list at a position."""
        found = self.number(_UINT32, position)
        if found > MAX_LIST:
            raise UnreadableError(f"damaged {self._name}: a list of {found} entries")
        return found


class Record(Struct, frozen=True):
    """One table; fields are asked for by their numbers in the schema."""

    pages: Pages
    position: int

    def _field(self, number: int) -> int | None:
        """Return the position of a field; None where it is left out."""
        fields = self.position - self.pages.number(_INT32, self.position)
        place = 4 + 2 * number
        if place + 2 > self.pages.number(_UINT16, fields):
            return None
        distance = self.pages.number(_UINT16, fields + place)
        return self.position + distance if distance else None

    def byte(self, number: int, default: int = 0) -> int:
        """Return a field of one byte, with its sign."""
        place = self._field(number)
        return default if place is None else self.pages.number(_INT8, place)

    def integer(self, number: int, default: int = 0) -> int:
        """Return a field of four bytes, with its sign."""
        place = self._field(number)
        return default if place is None else self.pages.number(_INT32, place)

    def text(self, number: int) -> str:
        """Return a text."""
        place = self._field(number)
        if place is None:
            return ""
        start = self.pages.follow(place)
        return self.pages.bytes_at(start + 4, self.pages.length(start)).decode(errors="replace")

    def integers(self, number: int) -> tuple[int, ...]:
        """Return a list of numbers of four bytes."""
        place = self._field(number)
        if place is None:
            return ()
        start = self.pages.follow(place)
        count = self.pages.length(start)
        return Layout(f"<{count}i").unpack(self.pages.bytes_at(start + 4, 4 * count)) if count else ()

    def table(self, number: int) -> Record | None:
        """Return a table."""
        place = self._field(number)
        return None if place is None else Record(self.pages, self.pages.follow(place))

    def tables(self, number: int) -> list[Record]:
        """Return a list of tables."""
        place = self._field(number)
        if place is None:
            return []
        start = self.pages.follow(place)
        count = self.pages.length(start)
        return [Record(self.pages, self.pages.follow(start + 4 + 4 * index)) for index in range(count)]
