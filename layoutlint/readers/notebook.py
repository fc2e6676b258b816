"""Notebooks: the code cells of an ``.ipynb`` as one Python text whose lines still know their cell.

Cells are joined in their order. What IPython adds to Python (``%magic``, ``!shell``, ``name?``, ``ls -l``)
becomes a comment, what ``x = !ls`` gives is left open, ``%time x = f()`` is its statement, and a cell whose
magic does not run Python becomes comments as a whole: the number of lines stays and the rest can be parsed.
Format: https://nbformat.readthedocs.io (versions 3 and 4); https://ipython.readthedocs.io/en/stable/interactive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from layoutlint.model.origins import Cell
from layoutlint.model.syntax_text import syntax_if_any
from layoutlint.model.unreadable import NothingToReadError, UnreadableError

STATEMENT_MAGICS: Mapping[str, str] = {
    "time": "",
    "timeit": "nrp",
    "prun": "lsTD",
    "memit": "rti",
    "mprun": "fT",
    "lprun": "fmDTsu",
    "debug": "b",
    "snakeviz": "f",
    "pyinstrument": "",
    "scalene": "",
}
"""Magics with a statement of Python behind them, and the letters of their options that take a value."""

PYTHON_CELL_MAGICS = frozenset(STATEMENT_MAGICS) | {"capture", "python", "python3", "px", "wandb"}
"""Cell magics whose body runs as Python in the notebook's own session or one like it."""

MAX_CODE = 4 * 2**20
"""Characters of code; a notebook with more is no work of people."""

_LINE_MAGIC = re.compile(r"^\s*(?:[%!]|\?|[\w.]+\?{1,2}\s*$)")
_ASSIGNED_MAGIC = re.compile(r"^\s*[\w,][\w, ]*=\s*[!%]")
_STATEMENT_MAGIC = re.compile(r"^(\s*)%{1,2}(\w+)\s+(.*)$")
_OPTION = re.compile(r"--?(\w)(\S*)\s*")
_AUTOMAGIC = re.compile(
    r"^\s*(?:ls|ll|cd|pwd|mkdir|rmdir|cp|mv|rm|cat|less|more|man|pip|conda|run|load|matplotlib|env|load_ext"
    r"|reload_ext|autoreload|who|whos|reset|history|tensorboard|bookmark|pushd|popd)(?:\s+[^\s=(\[,:)].*)?$"
)
"""Commands that IPython takes without their ``%`` where a line is no Python."""
_ERRORS = ("error", "pyerr")
"""Types of outputs that tell of an exception, in formats 4 and 3."""
_PROMPT = re.compile(r"^(?:>>> ?|\.\.\. ?|In \[\d+\]: ?)")


def read(data: bytes) -> tuple[str, tuple[Cell, ...]]:
    """Return the Python text of a notebook and its code cells.

    Raises UnreadableError for what is no notebook, NothingToReadError for one in another language.
    """
    cells = _cells(data)
    if sum(len(_source(cell)) for cell in cells) > MAX_CODE:
        raise UnreadableError(f"is too large for source code (more than {MAX_CODE} characters)")
    lines: list[str] = []
    found: list[Cell] = []
    for number, cell in enumerate(cells, start=1):
        if not _is_code(cell):
            continue
        found.append(Cell(number, len(lines) + 1, _ran(cell)))
        lines.extend(_python(_source(cell)))
    return "\n".join(lines) + "\n", tuple(found)


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


def _ran(cell: Mapping[str, Any]) -> bool:
    """Tell whether a cell ran to its end when it ran last: it has the number of a run, and no error among its
    outputs.
    """
    run = cell.get("execution_count", cell.get("prompt_number"))
    outputs = cell.get("outputs")
    return (
        isinstance(run, int)
        and run > 0
        and isinstance(outputs, list)
        and all(isinstance(each, dict) and each.get("output_type") not in _ERRORS for each in outputs)
    )


def _source(cell: Any) -> str:
    """Return the text of a code cell; nothing for any other."""
    if not _is_code(cell):
        return ""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _python(text: str) -> list[str]:
    """Return the lines of a cell with everything that is no Python made a comment."""
    lines = _dedented(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and first[2:].partition(" ")[0] not in PYTHON_CELL_MAGICS:
        return [f"# {line}" for line in lines]
    if _parses(lines):
        return lines  # a `%` at the start of a line may well be Python: a continued expression
    plain: list[str] = []
    continued = False
    for line in lines:
        if continued:
            plain.append(f"# {line}")
        elif _LINE_MAGIC.match(line):
            plain.append(_statement(line) or _commented(line))
        elif _AUTOMAGIC.match(line) and not _parses([line.strip()]):
            plain.append(_commented(line))
        else:
            assigned = _ASSIGNED_MAGIC.match(line) is not None
            plain.append(f"{line.partition('=')[0].rstrip()} = ...  # magic" if assigned else line)
        continued = plain[-1] != line and line.rstrip().endswith("\\")
    return plain


def _dedented(lines: list[str]) -> list[str]:
    """Return the lines without the indentation of the first one, or the prompts of a session, as IPython
    does.
    """
    first = next((line for line in lines if line.strip()), "")
    if _PROMPT.match(first):
        return [_PROMPT.sub("", line) for line in lines]
    indentation = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indentation) for line in lines] if indentation else lines


def _statement(line: str) -> str | None:
    """Return the simple statement behind a magic that runs one, where it stands; None where there is none."""
    match = _STATEMENT_MAGIC.match(line)
    if match is None or match[2] not in STATEMENT_MAGICS:
        return None
    indentation, name, statement = match.groups()
    while option := _OPTION.match(statement):
        statement = statement[option.end() :]
        if option[1] in STATEMENT_MAGICS[name] and not option[2]:
            statement = statement.partition(" ")[2].lstrip()
    if not statement.strip():
        return None
    before = "pass;".ljust(len(line) - len(indentation) - len(statement))  # the columns stay
    return f"{indentation}{before}{statement}" if _parses([before + statement]) else None


def _parses(lines: list[str]) -> bool:
    return syntax_if_any("\n".join(lines)) is not None


def _commented(line: str) -> str:
    """Return a statement that does nothing, at the same indentation: a magic may be all that a
    block holds.
    """
    indentation = line[: len(line) - len(line.lstrip())]
    return f"{indentation}pass  # {line.strip()}"
