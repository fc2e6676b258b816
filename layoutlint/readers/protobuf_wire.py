"""The wire format of protocol buffers, as much of it as it takes to find strings inside of messages.

https://protobuf.dev/programming-guides/encoding/: a message is a list of (field number, wire type, value).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layoutlint.model.unreadable import UnreadableError

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def fields(message: memoryview, name: str) -> Iterator[tuple[int, memoryview]]:
    """Yield the length-delimited fields of a message, in order; ``name`` is the file's, for what is said of
    damage.
    """
    for number, value in values(message, name):
        if not isinstance(value, int):
            yield number, value


def values(message: memoryview, name: str) -> Iterator[tuple[int, int | memoryview]]:
    """Yield the length-delimited fields of a message and its whole numbers, in order."""
    position, end = 0, len(message)
    while position < end:
        tag, position = varint(message, position, name)
        kind = tag & 7
        if kind == _VARINT:
            number, position = varint(message, position, name)
            yield tag >> 3, number
        elif kind == _FIXED64:
            position += 8
        elif kind == _FIXED32:
            position += 4
        elif kind == _BYTES:
            size, position = varint(message, position, name)
            if size > end - position:
                raise UnreadableError(f"its {name} is truncated")
            yield tag >> 3, message[position : position + size]
            position += size
        else:
            raise UnreadableError(f"its {name} is not a protocol buffer message")
    if position > end:
        raise UnreadableError(f"its {name} is truncated")


def signed(number: int) -> int:
    """Return a whole number of a field that may be negative: it is stored as its 64-bit two's complement."""
    return number - 2**64 if number >= 2**63 else number


def packed(message: memoryview, name: str) -> Iterator[int]:
    """Yield the whole numbers of a packed repeated field."""
    position = 0
    while position < len(message):
        number, position = varint(message, position, name)
        yield signed(number)


def varint(message: memoryview, position: int, name: str) -> tuple[int, int]:
    """Return the whole number at a position, and the position behind it."""
    value = 0
    for shift in range(0, 70, 7):
        if position >= len(message):
            raise UnreadableError(f"its {name} is truncated")
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return value, position
    raise UnreadableError(f"its {name} is not a protocol buffer message")


def submessages(data: bytes | memoryview, path: Sequence[int], name: str) -> Iterator[memoryview]:
    """Yield all messages that a path of field numbers leads to."""
    for number, value in fields(memoryview(data), name):
        if number == path[0]:
            if len(path) == 1:
                yield value
            else:
                yield from submessages(value, path[1:], name)


def strings(message: memoryview, number: int, name: str) -> list[bytes]:
    """Return the values of a string field, in order."""
    return [bytes(value) for found, value in fields(message, name) if found == number]
