"""Origins: where in the user's world something was written.

An origin is symbolic (a syntax node of a file, a path inside a saved model) and cheap to carry; only what is
reported is made concrete, once, at the end, by :meth:`locate`.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
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


class Cell(Struct, frozen=True):
    """A code cell of a notebook."""

    number: int
    """Cells of every type count, from 1."""
    first_line: int
    """Where it begins in the text of the whole notebook."""
    ran: bool = False
    """Whether the notebook shows that it ran to its end when it ran last."""


def first_lines(cells: Sequence[Cell]) -> dict[int, int]:
    """Return where each cell begins, by its number."""
    return {cell.number: cell.first_line for cell in cells}


def cell_at(cells: Sequence[Cell], line: int) -> Cell | None:
    """Return the cell in which a line of the whole text stands."""
    place = bisect_right(cells, line, key=attrgetter("first_line"))
    return cells[place - 1] if place else None


class SourceFile(Struct, frozen=True, eq=False, dict=True):
    """The text of one Python source, as positions count in it; ``cells`` are those of a notebook."""

    path: str
    text: str
    cells: tuple[Cell, ...] = ()

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
        cell = self.cell_of(line)
        return (None, line) if cell is None else (cell.number, line - cell.first_line + 1)

    def cell_of(self, line: int) -> Cell | None:
        """Return the cell of a notebook in which a line of the whole text stands."""
        return cell_at(self.cells, line)


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
