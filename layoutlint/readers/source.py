"""Python source: parsed with ``ast`` and evaluated abstractly. The code is never imported or run.

``ast`` rather than libcst: measured on all of keras.applications it parses eight times as fast, and
libcst's native parser overflows the stack on a few thousand nested brackets where ``ast`` reports a syntax
error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from layoutlint.architecture.layer_config import Stored
from layoutlint.interpreter.core.budget import BUDGET, Limits
from layoutlint.interpreter.program import evaluate
from layoutlint.model.graph import Graph
from layoutlint.model.keras_version import OPEN, KerasVersion
from layoutlint.model.origins import Cell, SourceFile
from layoutlint.model.reads import Reads
from layoutlint.readers import written_for
from layoutlint.readers.importers import set_channels_first
from layoutlint.readers.salvage import of_module, parse


def read(
    text: str,
    path: str,
    cells: tuple[Cell, ...] = (),
    limits: Limits | None = None,
    packages: Sequence[Path] = (),
    knowledge: Mapping[str, Mapping[str, Any]] | None = None,
    reads: Reads | None = None,
    keras: KerasVersion = OPEN,
) -> Graph:
    """Return the graph of the models that a source builds.

    ``cells`` are the (cell number, first line) pairs of a notebook, ``packages`` the installed packages into
    which imports are followed, ``knowledge`` the user's own entries of the knowledge base, ``keras`` the
    version of Keras that it is for (open: as the program and its project say); ``reads`` remembers what is
    looked at on disk. What cannot be parsed is left out, and the graph says where; raises UnreadableError for
    text that is no Python at all.
    """
    file = SourceFile(path, text, cells)
    tree, damages = parse(file.lines, cells, partial(_place, file))
    looked_at = reads if reads is not None else Reads()
    if keras.number is None:
        keras = written_for.of_program(tree, text, path, looked_at)
    graph = evaluate(
        tree,
        file,
        limits,
        packages,
        knowledge,
        read_model=_read_model,
        read_weights=_read_weights,
        reads=looked_at,
        keras=keras,
        in_other_order=set_channels_first(text, path, looked_at),
        parse=of_module,
    )
    graph.unread += [f"{_place(file, damage.line)}: {damage.reason}" for damage in damages]
    return graph


def _read_model(path: Path) -> Graph:
    """Return a saved model that a program loads: only such a program pays for the parsers of formats."""
    from layoutlint.readers import formats

    return formats.read_model(path)


def _read_weights(path: Path, config: Mapping[str, Any]) -> Stored | None:
    """Return the shapes of the weights that a program loads into a model."""
    from layoutlint.readers import weights_files

    return weights_files.of_layers(path, config)


def limits_of(budget: float) -> Limits:
    """Return what a file may cost within so many seconds of processor time.

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


def _place(file: SourceFile, line: int) -> str:
    cell, line = file.cell_line(line)
    return f"line {line}" if cell is None else f"cell {cell}, line {line}"
