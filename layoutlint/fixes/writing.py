"""The files that are fixed: read, and written back with everything else as it was.

In a notebook the changed lines are exchanged within their JSON strings; the rest of the document is not
touched.
"""

from __future__ import annotations

import io
import json
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from layoutlint.model.origins import Cell, cell_at
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import notebook
from layoutlint.system import regular_files

MAX_NOTEBOOK: Final = 64 * regular_files.MEBIBYTE

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_DECODER: Final = json.JSONDecoder()


class NotWritableError(Exception):
    """A file cannot be changed without touching what is none of the fix's business."""


@dataclass(frozen=True, slots=True)
class EditedFile:
    """A file's bytes, and the Python text in them with the cells of a notebook."""

    path: str
    data: bytes
    encoding: str
    text: str
    cells: tuple[Cell, ...] = ()

    def with_text(self, text: str) -> bytes:
        """Return the file's bytes with another text, of as many lines. Raises NotWritableError."""
        if text == self.text:
            return self.data
        if not self.cells:
            return text.encode(self.encoding)
        return _with_lines(self, text.split("\n"))


def read(path: str) -> EditedFile:
    """Return a file as a fix needs it. Raises NotWritableError."""
    try:
        data = regular_files.read(path, MAX_NOTEBOOK)
        if path.lower().endswith(".ipynb"):
            text, cells = notebook.read(data)
            return EditedFile(path, data, "utf-8", text, cells)
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
        if text.encode(encoding) != data:
            raise NotWritableError(f"the encoding {encoding} does not write the file back unchanged")
    except (OSError, SyntaxError, ValueError, LookupError, UnreadableError, NothingToReadError) as error:
        raise NotWritableError(f"it cannot be read: {error}") from None
    return EditedFile(path, data, encoding, text)


@dataclass(frozen=True, slots=True)
class _Token:
    """A JSON string in the document: its span and its value."""

    start: int
    end: int
    value: str


def _with_lines(file: EditedFile, lines: list[str]) -> bytes:
    document = file.data.decode("utf-8")
    tokens = _sources(document)
    exchanged: dict[_Token, str] = {}
    old = file.text.split("\n")
    for number, (before, after) in enumerate(zip(old, lines, strict=True), start=1):
        if before != after:
            cell = cell_at(file.cells, number)
            assert cell is not None
            token, place = _holder(tokens.get(cell.number, ()), number - cell.first_line)
            parts = exchanged.get(token, token.value).split("\n")
            if parts[place].rstrip("\r") != before:
                raise NotWritableError("the line is changed by notebook syntax")
            parts[place] = after + parts[place][len(before) :]
            exchanged[token] = "\n".join(parts)
    for token in sorted(exchanged, key=lambda token: -token.start):
        escaped = document[token.start : token.end].isascii()
        new = json.dumps(exchanged[token], ensure_ascii=escaped)
        document = document[: token.start] + new + document[token.end :]
    return document.encode("utf-8")


def _holder(tokens: tuple[_Token, ...], line: int) -> tuple[_Token, int]:
    """Return the string that holds a line of a cell, counted from 0, and the line's number in the string."""
    passed = 0
    for token in tokens:
        count = token.value.count("\n")
        if line < passed + count or (line == passed + count and token is tokens[-1]):
            return token, line - passed
        if line == passed + count and not token.value.endswith("\n"):
            break  # the line goes on in the next string
        passed += count
    raise NotWritableError("the line is not one string in the notebook")


def _sources(document: str) -> dict[int, tuple[_Token, ...]]:
    """Return the strings of each cell's source, cells counted from 1."""
    start = _skip(document, 1 if document.startswith("\ufeff") else 0)
    found: dict[int, tuple[_Token, ...]] = {}
    for key, cells in _members(document, start):
        if key == "cells":
            for number, cell in enumerate(_items(document, cells), start=1):
                for name, source in _members(document, cell):
                    if name == "source":
                        found[number] = tuple(_strings(document, source))
    return found


def _strings(document: str, at: int) -> Iterator[_Token]:
    for start in _items(document, at) if document[at] == "[" else (at,):
        value, end = _value(document, start)
        if not isinstance(value, str):
            raise NotWritableError("the notebook's source is not made of strings")
        yield _Token(start, end, value)


def _members(document: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield the members of an object: key, and where the value begins."""
    if document[at] != "{":
        raise NotWritableError("the notebook does not have the standard structure")
    at = _skip(document, at + 1)
    while document[at] != "}":
        key, at = _value(document, at)
        start = _skip(document, _skip(document, at) + 1)
        yield str(key), start
        at = _skip(document, _value(document, start)[1])
        if document[at] == ",":
            at = _skip(document, at + 1)


def _items(document: str, at: int) -> Iterator[int]:
    """Yield where the items of an array begin."""
    if document[at] != "[":
        raise NotWritableError("the notebook does not have the standard structure")
    at = _skip(document, at + 1)
    while document[at] != "]":
        yield at
        at = _skip(document, _value(document, at)[1])
        if document[at] == ",":
            at = _skip(document, at + 1)


def _value(document: str, at: int) -> tuple[Any, int]:
    return _DECODER.raw_decode(document, at)


def _skip(document: str, at: int) -> int:
    match = _SPACE.match(document, at)
    assert match is not None
    return match.end()
