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
from layoutlint.readers.aids import NO_AIDS, Aids
from layoutlint.readers.bounded import MEBIBYTE
from layoutlint.readers.exported_layers import steps
from layoutlint.readers.sniff import SAVED_MODEL_START
from layoutlint.readers.tensorflow_shapes import OPTION
from layoutlint.system.places import read as read_file
from layoutlint.system.regular_files import words

MAX_GRAPH: Final = 64 * MEBIBYTE
"""A graph without its weights is a few MiB; a frozen one holds them."""

NOTE: Final = "its layers are told from the operations of its graph"
INFERRED: Final = "TensorFlow has inferred the shapes"


def read(path: str, aids: Aids = NO_AIDS) -> Graph:
    """Return the graph of a frozen graph; TensorFlow may infer the shapes that it does not state."""
    return read_part(path, path, aids)


def read_part(file: str, path: str, aids: Aids) -> Graph:
    """Return the graph in a file of a model; ``path`` is how the model is called in what is reported."""
    name = Path(file).name
    try:
        data = read_file(file, MAX_GRAPH)
    except OSError as error:
        raise UnreadableError(f"its {name} {words(error)}") from None
    graph = of_operations(data, name, path)
    graph.notes.append(NOTE)
    if all(tensor.shape is not None for call in graph.calls for tensor in call.output_tensors):
        return graph
    if aids.infer is None:
        graph.notes.append(f"it does not state all shapes, which {OPTION} infers")
        return graph
    try:
        inferred = of_operations(aids.infer(data), name, path)
    except UnreadableError as reason:
        graph.notes.append(str(reason))
        graph.reads.settled = False  # nobody here sees whether another TensorFlow is installed
        return graph
    inferred.notes += [NOTE, INFERRED]
    return inferred


def of_operations(data: bytes, name: str, path: str) -> Graph:
    """Return the graph in the bytes of a SavedModel or a GraphDef, which come from a file of this name."""
    view = memoryview(data)
    is_whole = data.startswith(SAVED_MODEL_START)
    found = tensorflow_graph.saved_model(view, name) if is_whole else tensorflow_graph.frozen(view, name)
    if found is None:
        raise NothingToReadError("a SavedModel without a graph")
    inputs, made, outputs = steps(found.served(), name)
    if not inputs or not made:
        raise NothingToReadError("a graph of operations that computes nothing with an input")
    return graph_of(Path(path).stem, inputs, made, outputs, path)
