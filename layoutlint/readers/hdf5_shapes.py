"""The names and shapes in an HDF5 file, read from its headers alone.

h5py writes files in HDF5's oldest form by default: groups are B-trees of names over a heap of text, a data
set's shape is a message of its header. That much takes a hundred lines, and no numpy, whose import takes
longer than the rest of a check. Every other form is pyfive's (see :mod:`layoutlint.readers.hdf5`).

Format: "HDF5 File Format Specification Version 2.0", superblock version 0.
"""

from __future__ import annotations

from struct import Struct
from typing import Final, TypeAlias

from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers.bounded import MEBIBYTE, BoundedFile
from layoutlint.system.remote_files import NotThereYetError, looked_ahead

Sizes: TypeAlias = tuple[int, ...]
Tree: TypeAlias = "dict[str, Tree | Sizes]"
"""A group: the groups and the shapes of the data sets in it, by name."""

MAX_OBJECTS: Final = 20_000
"""Groups and datasets looked at in one file."""

MAX_DEPTH: Final = 32

MAX_BLOCK: Final = MEBIBYTE
"""No node, heap or header of a group of weights is larger."""

SMALL: Final = MEBIBYTE // 4
"""A file of fewer bytes is read at once: its hundreds of headers one by one take ten times as long."""

OF_OPTIMIZERS: Final = frozenset(["optimizer", "optimizer_weights"])
"""What a file has of an optimizer, at its root: two or three times as many arrays as weights, and no layer."""

SIGNATURE: Final = b"\x89HDF\r\n\x1a\n"
UNDEFINED: Final = 2**64 - 1

_SUPERBLOCK: Final = Struct("<8sB4xBB9xQ32xQ24x")
_TREE: Final = Struct("<4sBBH16x")
_HEAP: Final = Struct("<4s4xQ8xQ")
_LEAF: Final = Struct("<4sBxH")
_ENTRY: Final = Struct("<QQ24x")
_HEADER: Final = Struct("<BxHxxxxI4x")
_MESSAGE: Final = Struct("<HHB3x")
_BEGINNING: Final = Struct("<BxHxxxxI4xHH4x")
"""A header, and the kind and the length of its first message."""
_SIZES: Final = tuple(Struct(f"<{rank}Q") for rank in range(9))
_PAIR: Final = Struct("<QQ")

_DATASPACE_MESSAGE, _CONTINUATION_MESSAGE, _GROUP_MESSAGE = 0x0001, 0x0010, 0x0011
_PLACES: Final = (_CONTINUATION_MESSAGE, _GROUP_MESSAGE)
"""Messages that are an address and a second number."""

_FIRST: Final = 128
"""So many bytes of a header are read at first."""


class OtherFormError(Exception):
    """The file is not of this form: it may be sound all the same."""


def read(file: BoundedFile) -> Tree:
    """Return all groups and data sets of a file.

    Raises OtherFormError for what h5py does not write by default, UnreadableError for more than there can be.
    """
    reader = _Reader(file)
    start = _SUPERBLOCK.unpack(reader.cut(0, _SUPERBLOCK.size))
    signature, version, offset_size, length_size, base, root = start
    if (signature, version, offset_size, length_size, base) != (SIGNATURE, 0, 8, 8, 0):
        raise OtherFormError
    found = looked_ahead(file.file, lambda: reader.all(root))
    if isinstance(found, tuple):
        raise OtherFormError
    return found


class _Reader:
    def __init__(self, file: BoundedFile) -> None:
        self._file = file
        self._whole: bytes | None = None
        if file.size < SMALL:
            file.seek(0)
            self._whole = file.read()
        self.objects = 0
        self.known: dict[tuple[int, int], tuple[Tree | Sizes, int]] = {}
        """What was read whole, by its address and depth, with the number of objects in it: another run of
        :meth:`all` does not read it again.
        """

    def cut(self, address: int, count: int, *, whole: bool = True) -> bytes:
        """Return the bytes at an address; fewer at the end of the file, if they need not be ``whole``."""
        if self._whole is not None:
            self._file.charge(count)
            data = self._whole[address : address + count]
        else:
            self._file.seek(address)
            data = self._file.read(count)
        if whole and len(data) < count:
            raise OtherFormError
        return data

    def all(self, root: int) -> Tree | Sizes:
        self.objects = 0
        return self.item(root, 0)

    def count(self, objects: int) -> None:
        """Count objects that are found. Raises UnreadableError for more than there can be."""
        self.objects += objects
        if self.objects > MAX_OBJECTS:
            raise UnreadableError("holds too many groups: damaged or malicious")

    def group(self, tree: int, heap: int, depth: int) -> Tree:
        if depth > MAX_DEPTH:
            raise UnreadableError("holds too many groups: damaged or malicious")
        # what is not there yet is asked for together: the names and the members, then all members
        try:
            names = self.names(heap)
        except NotThereYetError:
            self.entries(tree, depth)
            raise
        members = self.entries(tree, depth)
        found: Tree = {}
        missed: NotThereYetError | None = None
        for place, address in members:
            name = names[place : names.find(b"\0", place)].decode("utf-8", "replace")
            if not depth and name in OF_OPTIMIZERS:
                continue
            self.count(1)
            try:
                found[name] = self.item(address, depth + 1)
            except NotThereYetError as error:
                missed = error
        if missed is not None:
            raise missed
        return found

    def names(self, heap: int) -> bytes:
        """Return the text that a group's entries point into; it mostly stands right behind its header."""
        block = self.cut(heap, 120, whole=False)
        if len(block) < _HEAP.size:
            raise OtherFormError
        mark, size, address = _HEAP.unpack_from(block)
        if mark != b"HEAP" or size > MAX_BLOCK:
            raise OtherFormError
        end = _HEAP.size + size
        if address == heap + _HEAP.size and end <= len(block):
            return block[_HEAP.size : end]
        return self.cut(address, size)

    def entries(self, tree: int, depth: int) -> list[tuple[int, int]]:
        """Of each member: where its name stands, and its header."""
        if depth > MAX_DEPTH:
            raise OtherFormError
        mark, _, level, count = _TREE.unpack_from(block := self.cut(tree, 24 + 2 * 16))
        if mark != b"TREE":
            raise OtherFormError
        if count > 2:
            block = self.cut(tree, 24 + count * 16)
        children = [_PAIR.unpack_from(block, 24 + 16 * index)[1] for index in range(count)]
        members: list[tuple[int, int]] = []
        missed: NotThereYetError | None = None
        for child in children:
            try:
                members += self.entries(child, depth + 1) if level else self.leaf(child)
            except NotThereYetError as error:
                missed = error
            if len(members) > MAX_OBJECTS:
                raise UnreadableError("holds too many groups: damaged or malicious")
        if missed is not None:
            raise missed
        return members

    def leaf(self, address: int) -> list[tuple[int, int]]:
        block = self.cut(address, 8 + 2 * _ENTRY.size)
        mark, _, count = _LEAF.unpack_from(block)
        if mark != b"SNOD":
            raise OtherFormError
        if count > 2:
            block = self.cut(address, 8 + count * _ENTRY.size)
        return list(_ENTRY.iter_unpack(block[8 : 8 + count * _ENTRY.size]))

    def item(self, address: int, depth: int) -> Tree | Sizes:
        """Return the shape of a data set, or the members of a group."""
        if self._whole is not None:
            return self.usual(self._whole, address, depth)
        if (address, depth) in self.known:
            found, objects = self.known[address, depth]
            self.count(objects)
            return found
        before = self.objects
        found = self.object(address, depth)
        self.known[address, depth] = found, self.objects - before
        return found

    def usual(self, whole: bytes, address: int, depth: int) -> Tree | Sizes:
        """Return what an object's header says where its first message says it, as h5py writes them."""
        if address + _FIRST > len(whole):
            return self.object(address, depth)
        version, left, size, kind, count = _BEGINNING.unpack_from(whole, address)
        at = address + _BEGINNING.size
        if version == 1 and left and _MESSAGE.size + count <= size <= MAX_BLOCK:
            if kind == _GROUP_MESSAGE and count >= _PAIR.size:
                tree, heap = _PAIR.unpack_from(whole, at)
                return self.group(tree, heap, depth)
            rank = whole[at + 1]
            if kind == _DATASPACE_MESSAGE and whole[at] == 1 and rank < len(_SIZES) and count >= 8 + 8 * rank:
                return _SIZES[rank].unpack_from(whole, at + 8)
        return self.object(address, depth)

    def object(self, address: int, depth: int) -> Tree | Sizes:
        """Return what an object's header says: the shape of a data set, or where the members of a
        group are.

        An entry may repeat the latter, but keeps it when the group has long become one of another form.
        """
        block = self.cut(address, _FIRST)
        version, left, size = _HEADER.unpack_from(block)
        if version != 1 or size > MAX_BLOCK:
            raise OtherFormError
        start, length, base = address + _HEADER.size, size, _HEADER.size
        further: list[tuple[int, int]] = []
        while True:
            # ``block`` holds what begins at ``start`` from its byte number ``base`` on, perhaps not all of it
            at, end = base, base + length
            while left and at + _MESSAGE.size <= end:
                if at + _MESSAGE.size > len(block):
                    block, at, end, base = self.cut(start, length), at - base, length, 0
                kind, count, _ = _MESSAGE.unpack_from(block, at)
                at += _MESSAGE.size
                if at + count > len(block):
                    block, at, end, base = self.cut(start, length), at - base, length, 0
                left -= 1
                if kind == _DATASPACE_MESSAGE:
                    return _shape(block[at : at + count])
                if kind in _PLACES and min(count, len(block) - at) >= _PAIR.size:
                    place, second = _PAIR.unpack_from(block, at)
                    if kind == _GROUP_MESSAGE:
                        return self.group(place, second, depth)
                    if second > MAX_BLOCK:
                        raise OtherFormError
                    further.append((place, second))
                at += count
            if not further:
                raise OtherFormError
            start, length = further.pop(0)
            block, base = b"", 0


def _shape(data: bytes) -> Sizes:
    """Return the sizes in a dataspace message: version, rank, flags, and 8 bytes an axis after 4 or 8."""
    if len(data) < 4:
        raise OtherFormError
    version, rank = data[0], data[1]
    start = {1: 8, 2: 4}.get(version)
    if start is None or len(data) < start + 8 * rank:
        raise OtherFormError
    return tuple(int.from_bytes(data[start + 8 * i : start + 8 * i + 8], "little") for i in range(rank))
