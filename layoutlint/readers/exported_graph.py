"""Models without Keras's description: ``model.export()``, ``tf.saved_model.save`` and frozen graphs.

Their layers are told from the names of the operations, as Keras gives them, and the shapes are those that the
file states.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from layoutlint.architecture.steps import graph_of
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import tensorflow_graph
from layoutlint.readers.bounded import MEBIBYTE
from layoutlint.readers.exported_layers import steps
from layoutlint.readers.sniff import SAVED_MODEL_START
from layoutlint.system.places import read as read_file
from layoutlint.system.regular_files import words

MAX_GRAPH: Final = 64 * MEBIBYTE
"""A graph without its weights is a few MiB; a frozen one holds them."""

NOTE: Final = "its layers are told from the operations of its graph"


def read(file: str, path: str | None = None) -> Graph:
    """Return the graph of a saved_model.pb or a frozen graph; ``path`` is how it is called in what is
    reported.
    """
    name = Path(file).name
    try:
        data = memoryview(read_file(file, MAX_GRAPH))
    except OSError as error:
        raise UnreadableError(f"its {name} {words(error)}") from None
    is_whole = bytes(data[:3]) == SAVED_MODEL_START
    found = tensorflow_graph.saved_model(data, name) if is_whole else tensorflow_graph.frozen(data, name)
    if found is None:
        raise NothingToReadError("a SavedModel without a graph")
    inputs, made, outputs = steps(found.served(), name)
    if not inputs or not made:
        raise NothingToReadError("a graph of operations that computes nothing with an input")
    graph = graph_of(Path(path or file).stem, inputs, made, outputs, path or file)
    graph.notes.append(NOTE)
    return graph
