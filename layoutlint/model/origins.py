"""Origins: where in the user's world something was written.

An origin is symbolic (a syntax node of a file, a path inside a saved model) and cheap to carry; only what is
reported is made concrete, once, at the end, by :meth:`locate`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct


class Location(Struct, frozen=True):
    """A concrete place. Lines and columns count from 1; columns count characters; ``end_column`` is
    exclusive.

    In a notebook ``cell`` counts all cells from 1 and ``line`` counts within the cell. In a saved model
    ``layer`` is the layer's path and the numbers are ``None``.
    """

    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    cell: int | None = None
    layer: str | None = None

    def __str__(self) -> str:
        if self.layer:
            return f"{self.path}:{self.layer}"
        if self.line is None:
            return self.path
        cell = f"cell {self.cell}:" if self.cell is not None else ""
        return f"{self.path}:{cell}{self.line}:{self.column}"


class SourceFile(Struct, frozen=True, eq=False, dict=True):
    """The text of one Python source, as positions count in it.

    ``cells`` holds, for a notebook, the pair (cell number, first line of the cell in ``text``) of each cell.
    """

    path: str
    text: str
    cells: tuple[tuple[int, int], ...] = ()

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines as ``ast`` counts them."""
        # by \n, \r\n and \r alone; str.splitlines would also split at form feeds
        normal = self.text.replace("\r\n", "\n").replace("\r", "\n")
        return normal.split("\n")

    def column(self, line: int, byte_offset: int) -> int:
        """Return the 1-based character column of a 0-based UTF-8 byte offset in a 1-based line."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        if text.isascii():
            return byte_offset + 1
        return len(text.encode()[:byte_offset].decode(errors="replace")) + 1

    def cell_line(self, line: int) -> tuple[int | None, int]:
        """Return the cell and the line within it of a line of the whole text."""
        found: tuple[int | None, int] = (None, line)
        for cell, first in self.cells:
            if first > line:
                break
            found = (cell, line - first + 1)
        return found


class SourceOrigin(Struct, frozen=True):
    """A syntax node of a source file."""

    file: SourceFile
    node: ast.expr | ast.stmt | ast.keyword | ast.arg

    def locate(self) -> Location:
        """Return the concrete place of the node."""
        node, file = self.node, self.file
        end_line = node.end_lineno or node.lineno
        end_column = file.column(end_line, node.end_col_offset or node.col_offset)
        column = file.column(node.lineno, node.col_offset)
        cell, line = file.cell_line(node.lineno)
        return Location(file.path, line, column, file.cell_line(end_line)[1], end_column, cell)


class ModelOrigin(Struct, frozen=True):
    """A layer of a saved model, or (with an empty ``layer``) the model as a whole."""

    path: str
    layer: str

    def locate(self) -> Location:
        """Return the concrete place: the file and the layer's path in it."""
        return Location(self.path, layer=self.layer)


class FileOrigin(Struct, frozen=True):
    """A file as a whole."""

    path: Path | str

    def locate(self) -> Location:
        """Return the file without a line."""
        return Location(str(self.path))


Origin: TypeAlias = SourceOrigin | ModelOrigin | FileOrigin
