"""The shapes that a graph of operations does not state, inferred by TensorFlow in a child process.

The graph is not run, no loader of Keras or of SavedModels is called, and the folder of the file is never
looked at: the child gets the bytes of the graph, lets TensorFlow's shape functions go through it, and answers
with the same graph, its shapes stated (``_output_shapes``) and the contents of its large constants left out.
On its way TensorFlow computes small constants from others; operations that reach outside of the graph are
refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from layoutlint.model.unreadable import UnreadableError, brief
from layoutlint.readers.aids import Infer
from layoutlint.readers.sniff import SAVED_MODEL_START
from layoutlint.readers.tensorflow_graph import SHAPES
from layoutlint.system.hard_limits import HardLimits
from layoutlint.system.tensorflow_child import Child, ChildError, enclose, serve

OPTION: Final = "--with-tensorflow"

OUTSIDE: Final = frozenset(
    ["DecodeProtoV2", "EagerPyFunc", "EncodeProto", "MatchingFiles", "PyFunc", "PyFuncStateless", "ReadFile"]
)
"""Operations that read files or run Python."""

SHARE: Final = 0.9
"""What the child may take of the time of the worker that waits; loading TensorFlow takes most of it."""

SMALL: Final = 1024
"""Bytes of a constant that may say a shape; of larger ones only their own shape counts."""


@cache
def infer(limits: HardLimits) -> Infer:
    """Return the function that lets TensorFlow infer the shapes of a graph, within these limits: one child
    answers for all graphs of a process that have the same limits.

    It raises UnreadableError with TensorFlow's reason for a graph that it refuses.
    """
    child = Child(__name__, isolated=True)

    def inferred(data: bytes) -> bytes:
        question = json.dumps(limits.seconds).encode() + b"\n" + data
        # the worker that waits for it has as much time on the clock
        try:
            answer = child.ask(question, SHARE * limits.patience)
        except ChildError as error:
            raise UnreadableError(f"TensorFlow infers no shapes: {brief(error)}") from None
        if not answer.startswith(b"="):
            raise UnreadableError(f"TensorFlow infers no shapes: {brief(answer.decode(errors='replace'))}")
        return answer[1:]

    return inferred


def main() -> None:
    """Run as the child process: seconds and a graph come in, ``=`` and a graph, or a reason, go out."""
    enclosed = cache(enclose)

    def answer(question: bytes) -> bytes:
        seconds, _, data = question.partition(b"\n")
        tensorflow, limits = enclosed(), HardLimits(json.loads(seconds))
        limits.start_clock()
        try:
            return b"=" + _inferred(tensorflow, data)
        except Exception as error:
            return " ".join(str(error).split()).encode()
        finally:
            limits.stop_clock()

    serve(answer)


def _inferred(tensorflow: Any, data: bytes) -> bytes:
    """Return the graph with the shapes of all operations stated."""
    from google.protobuf import json_format
    from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

    found: Any
    if data.startswith(SAVED_MODEL_START):
        found = SavedModel.FromString(data)
        graphs = [meta.graph_def for meta in found.meta_graphs]
    else:
        is_text = data.lstrip().startswith(b"{")
        empty = tensorflow.compat.v1.GraphDef()
        found = json_format.Parse(data, empty) if is_text else empty.FromString(data)
        graphs = [found]
    for graph in graphs:
        _state_shapes(tensorflow, graph)
    return bytes(found.SerializeToString())


def _state_shapes(tensorflow: Any, graph: Any) -> None:
    outside = sorted({node.op for node in _nodes(graph) if node.op in OUTSIDE})
    if outside:
        raise ValueError(f"it has the operation {outside[0]}, which reaches outside of the graph")
    imported = type(graph)()
    imported.CopyFrom(graph)
    for node in imported.node:
        if node.op == "Const" and not _has_value(node):
            _make_unknown(node)
    with tensorflow.Graph().as_default() as made:
        tensorflow.graph_util.import_graph_def(imported, name="")
    shapes = {node.name: node.attr[SHAPES] for node in made.as_graph_def(add_shapes=True).node}
    for node in graph.node:
        node.attr[SHAPES].CopyFrom(shapes[node.name])
        if node.op == "Const" and node.ByteSize() > SMALL:
            node.attr["value"].tensor.tensor_content = b""


def _nodes(graph: Any) -> Iterator[Any]:
    yield from graph.node
    for function in graph.library.function:
        yield from function.node_def


def _has_value(node: Any) -> bool:
    """Tell whether a constant is small enough to say a shape, and the file has its value."""
    tensor = node.attr["value"].tensor
    empty = any(axis.size == 0 for axis in tensor.tensor_shape.dim)
    stated = {field.name for field, _ in tensor.ListFields()} - {"dtype", "tensor_shape", "version_number"}
    return node.ByteSize() <= SMALL and (empty or bool(stated))


def _make_unknown(node: Any) -> None:
    """Make a constant a tensor of its shape, of whose values nothing is known."""
    tensor = node.attr["value"].tensor
    shape, kind = type(tensor.tensor_shape)(), tensor.dtype
    shape.CopyFrom(tensor.tensor_shape)
    node.op = "Placeholder"
    del node.input[:]
    node.attr.clear()
    node.attr["shape"].shape.CopyFrom(shape)
    node.attr["dtype"].type = kind
