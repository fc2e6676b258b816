"""Notebooks: the code cells of an ``.ipynb`` as one Python text whose lines still know their cell.

Cells are joined in their order. What IPython adds to Python (``%magic``, ``!shell``, ``name?``, ``x = !ls``)
becomes a comment, and a cell whose magic does not run Python becomes comments as a whole: the number of lines
stays and the rest can be parsed. Format: https://nbformat.readthedocs.io (versions 3 and 4).
"""

from __future__ import annotations

import json
import re
from typing import Any

from layoutlint.model.syntax_text import syntax_of
from layoutlint.model.unreadable import NothingToReadError, UnreadableError

PYTHON_CELL_MAGICS = frozenset(["%%time", "%%timeit", "%%capture", "%%prun", "%%python", "%%python3"])
"""Cell magics whose body runs as Python in the notebook's own session or one like it."""

MAX_CODE = 4 * 2**20
"""Characters of code; a notebook with more is no work of people."""

_LINE_MAGIC = re.compile(r"^\s*(?:[%!]|\?|[\w.]+\?{1,2}\s*$)")
_ASSIGNED_MAGIC = re.compile(r"^\s*[\w,][\w, ]*=\s*[!%]")


def read(data: bytes) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The Python text of a notebook, and (cell number, first line in the text) of each code cell.

    Cells of every type count, from 1. Raises UnreadableError for what is no notebook, NothingToReadError for
    one in another language.
    """
    cells = _cells(data)
    if sum(len(_source(cell)) for cell in cells) > MAX_CODE:
        raise UnreadableError(f"is too large for source code (more than {MAX_CODE} characters)")
    lines: list[str] = []
    starts: list[tuple[int, int]] = []
    for number, cell in enumerate(cells, start=1):
        if not _is_code(cell):
            continue
        starts.append((number, len(lines) + 1))
        lines.extend(_python(_source(cell)))
    return "\n".join(lines) + "\n", tuple(starts)


def _cells(data: bytes) -> list[Any]:
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"is not a notebook: {_words(error)}") from None
    if not isinstance(notebook, dict):
        raise UnreadableError("is not a notebook: its JSON is not an object")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):  # format 3
        cells = [
            c for sheet in notebook["worksheets"] if isinstance(sheet, dict) for c in sheet.get("cells", [])
        ]
    if not isinstance(cells, list):
        raise UnreadableError("is not a notebook: it has no cells")
    language = _language(notebook.get("metadata"))
    if language not in ("", "python"):
        raise NothingToReadError(f"notebook in {language}")
    return cells


def _words(error: Exception) -> str:
    return "its JSON is nested too deeply" if isinstance(error, RecursionError) else f"damaged JSON ({error})"


def _language(metadata: Any) -> str:
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        found = metadata.get(section) if isinstance(metadata, dict) else None
        if isinstance(found, dict) and isinstance(found.get(key), str):
            return str(found[key]).lower()
    return ""


def _is_code(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _source(cell: Any) -> str:
    """The text of a code cell; nothing for any other."""
    if not _is_code(cell):
        return ""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _python(text: str) -> list[str]:
    """The lines of a cell with everything that is no Python made a comment."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and first.split()[0] not in PYTHON_CELL_MAGICS:
        return [f"# {line}" for line in lines]
    if _parses(lines):
        return lines  # a `%` at the start of a line may well be Python: a continued expression
    plain: list[str] = []
    continued = False
    for line in lines:
        if continued:
            plain.append(f"# {line}")
        elif _LINE_MAGIC.match(line):
            plain.append(_commented(line))
        else:
            assigned = _ASSIGNED_MAGIC.match(line) is not None
            plain.append(f"{line.partition('=')[0].rstrip()} = None  # magic" if assigned else line)
        continued = plain[-1] != line and line.rstrip().endswith("\\")
    return plain


def _parses(lines: list[str]) -> bool:
    try:
        syntax_of("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _commented(line: str) -> str:
    """A statement that does nothing, at the same indentation: a magic may be all that a block holds."""
    indentation = line[: len(line) - len(line.lstrip())]
    return f"{indentation}pass  # {line.strip()}"
