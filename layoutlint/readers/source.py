"""Python source: parsed with ``ast`` and evaluated abstractly. The code is never imported or run.

``ast`` rather than libcst: measured on all of keras.applications it parses eight times as fast, and
libcst's native parser overflows the stack on a few thousand nested brackets where ``ast`` reports a syntax
error.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from layoutlint.interpreter.core.budget import BUDGET, Limits
from layoutlint.interpreter.program import evaluate
from layoutlint.model.graph import Graph
from layoutlint.model.keras_version import OPEN, KerasVersion
from layoutlint.model.origins import SourceFile
from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers import written_for


def read(
    text: str,
    path: str,
    cells: tuple[tuple[int, int], ...] = (),
    limits: Limits | None = None,
    packages: Sequence[Path] = (),
    knowledge: Mapping[str, Mapping[str, Any]] | None = None,
    keras: KerasVersion = OPEN,
) -> Graph:
    """The graph of the models that a source builds.

    ``cells`` are the (cell number, first line) pairs of a notebook, ``packages`` the installed packages into
    which imports are followed, ``knowledge`` the user's own entries of the knowledge base, ``keras`` the
    version of Keras that it is for (open: as the program and its project say).

    Raises UnreadableError for text that is no Python.
    """
    file = SourceFile(path, text, cells)
    tree = parse(text, file)
    if keras.number is not None:
        return evaluate(tree, file, limits, packages, knowledge, _read_model, keras)
    told = written_for.of_program(tree, text, path)
    graph = evaluate(tree, file, limits, packages, knowledge, _read_model, told.keras)
    graph.files += told.files
    return graph


def _read_model(path: Path) -> Graph:
    """A saved model that a program loads: only such a program pays for the parsers of formats."""
    from layoutlint.readers import formats

    return formats.read_model(path)


def limits_of(budget: float) -> Limits:
    """What a file may cost within so many seconds of processor time.

    Steps are what usually ends an evaluation, for they are the same on every machine: they grow with the
    seconds.
    """
    usual = Limits()
    share = budget / BUDGET
    return replace(
        usual,
        seconds=budget,
        steps=max(1, int(usual.steps * share)),
        root_steps=max(1, int(usual.root_steps * share)),
    )


def parse(text: str, file: SourceFile | None = None) -> ast.Module:
    """The syntax tree; raises UnreadableError with the line (and cell of ``file``) for text that is no
    Python.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise UnreadableError(f"{_place(error, file)}: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise UnreadableError(str(error) or "the code is nested too deeply or too large to parse") from None


def _place(error: SyntaxError, file: SourceFile | None) -> str:
    cell, line = file.cell_line(error.lineno) if file and error.lineno else (None, error.lineno)
    return f"line {line}" if cell is None else f"cell {cell}, line {line}"
