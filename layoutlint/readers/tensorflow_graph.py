"""TensorFlow's graphs of operations, as saved_model.pb and a frozen graph hold them.

Message types: ``{graph,function,node_def,attr_value,tensor_shape,op_def}.proto`` in
``tensorflow/core/framework`` and ``tensorflow/core/protobuf/meta_graph.proto``. Constants and variables are
never read, only their shapes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.architecture.steps import Sizes
from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers.protobuf_wire import fields, packed, signed, strings, submessages, values

RESOURCE: Final = 20
"""DT_RESOURCE: a variable."""

SHAPES: Final = "_output_shapes"
CALLS: Final = ("StatefulPartitionedCall", "PartitionedCall")
INSIDE_LAYER: Final = re.compile(r"standard_(lstm|gru)|gpu_(lstm|gru)")
"""Functions that are a layer's own way of computing, in Keras 2."""
SERVED: Final = ("serving_default", "serve", "__call__", "predict")

MAX_NODES: Final = 200_000
MAX_DEPTH: Final = 8


Reference: TypeAlias = tuple[str, str, int]
"""A tensor: the operation's name, the name of its output (or the empty text), a number."""


class GraphNode(Struct, frozen=True):
    """One operation: its name (a path), what it is, the tensors that it takes, and their shapes."""

    name: str
    op: str
    inputs: tuple[Reference, ...]
    shapes: tuple[Sizes | None, ...]
    attributes: Mapping[str, memoryview]


class Body(Struct, frozen=True):
    """The operations of a graph or a function, what they are fed, and what they return."""

    nodes: Mapping[str, GraphNode]
    inputs: Mapping[str, Sizes | None]
    outputs: tuple[Reference, ...]


class ExportedGraph(Struct, frozen=True):
    """A graph with its functions, not yet taken apart, and for each signature what it returns."""

    main: memoryview
    functions: Mapping[str, memoryview]
    signatures: Mapping[str, tuple[str, ...]]
    file: str

    def served(self) -> Body:
        """Return what computes the model's predictions: the graph, or the function that it calls for it."""
        body = _graph_body(self.main, self._returned(), self.file)
        seen = 0
        while (inner := self._called(body)) is not None and seen < MAX_DEPTH:
            body, seen = inner, seen + 1
        return body

    def _returned(self) -> tuple[str, ...]:
        found = next((self.signatures[name] for name in SERVED if self.signatures.get(name)), ())
        return found or next((names for names in self.signatures.values() if names), ())

    def _called(self, body: Body) -> Body | None:
        """Return the body of the one function whose results a body returns as they are."""
        sources = {_source(body, tensor) for tensor in body.outputs}
        node = body.nodes.get(next(iter(sources))) if len(sources) == 1 else None
        if node is None or node.op not in CALLS or "f" not in node.attributes:
            return None
        found = next((strings(held, 1, self.file) for held in _inside(node, "f", 10, self.file)), [])
        name = _text(found[0]) if found else ""
        function = None if INSIDE_LAYER.search(name) else self.functions.get(name)
        return None if function is None else _function_body(function, self.file)


def _source(body: Body, tensor: Reference) -> str:
    """Return the operation behind an output, through those that only hand it on."""
    name = tensor[0]
    for _ in range(MAX_DEPTH):
        node = body.nodes.get(name)
        if node is None or node.op != "Identity" or not node.inputs:
            break
        name = node.inputs[0][0]
    return name


def saved_model(data: memoryview, file: str) -> ExportedGraph | None:
    """Return the first graph of a saved_model.pb."""
    for meta in submessages(data, (2,), file):
        for graph in submessages(meta, (2,), file):
            return _graph(graph, dict(_signatures(meta, file)), file)
    return None


def frozen(data: memoryview, file: str) -> ExportedGraph:
    """Return a GraphDef that stands alone."""
    return _graph(data, {}, file)


def _graph(graph: memoryview, signatures: Mapping[str, tuple[str, ...]], file: str) -> ExportedGraph:
    functions = {}
    for function in submessages(graph, (2, 1), file):
        for signature in submessages(function, (1,), file):
            for name in strings(signature, 1, file):
                functions[name.decode(errors="replace")] = function
    return ExportedGraph(graph, functions, signatures, file)


def _signatures(meta: memoryview, file: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each signature the tensors that it returns, by their names in the graph."""
    for entry in submessages(meta, (5,), file):
        key = strings(entry, 1, file)
        names = [strings(info, 1, file) for info in submessages(entry, (2, 2, 2), file)]
        if key:
            yield _text(key[0]), tuple(_text(name[0]) for name in names if name)


def _graph_body(graph: memoryview, returned: tuple[str, ...], file: str) -> Body:
    nodes = dict(_nodes(graph, 1, file))
    inputs = {
        node.name: node.shapes[0] if node.shapes else _shape_attribute(node, file)
        for node in nodes.values()
        if node.op == "Placeholder"
    }
    outputs = tuple(_reference(name) for name in returned)
    if not outputs:
        taken = {tensor[0] for node in nodes.values() for tensor in node.inputs}
        outputs = tuple((name, "", 0) for name in nodes if name not in taken)
    return Body(nodes, inputs, outputs)


def _function_body(function: memoryview, file: str) -> Body:
    inputs: dict[str, Sizes | None] = {}
    stated = dict(_argument_shapes(function, file))
    for position, argument in enumerate(submessages(function, (1, 2), file)):
        name = strings(argument, 1, file)
        if name and RESOURCE not in [value for number, value in values(argument, file) if number == 3]:
            inputs[_text(name[0])] = stated.get(position)
    returned: dict[bytes, Reference] = {}
    for entry in submessages(function, (4,), file):
        key, value = strings(entry, 1, file), strings(entry, 2, file)
        if key and value:
            returned[key[0]] = _reference(_text(value[0]))
    declared = [name for result in submessages(function, (1, 3), file) for name in strings(result, 1, file)]
    outputs = tuple(returned[name] for name in declared if name in returned)
    return Body(dict(_nodes(function, 3, file)), inputs, outputs)


def _argument_shapes(function: memoryview, file: str) -> Iterator[tuple[int, Sizes | None]]:
    for entry in submessages(function, (7,), file):
        position = next((value for number, value in values(entry, file) if number == 1), 0)
        for attribute in submessages(entry, (2, 1), file):
            if [_text(key) for key in strings(attribute, 1, file)] == [SHAPES]:
                for value in submessages(attribute, (2,), file):
                    found = _shapes(value, file)
                    if found and isinstance(position, int):
                        yield position, found[0]


def _nodes(message: memoryview, number: int, file: str) -> Iterator[tuple[str, GraphNode]]:
    for count, data in enumerate(submessages(message, (number,), file)):
        if count >= MAX_NODES:
            raise UnreadableError(f"its {file} has more than {MAX_NODES} operations: damaged or hostile")
        node = _node(data, file)
        yield node.name, node


def _node(data: memoryview, file: str) -> GraphNode:
    name = op = ""
    inputs: list[Reference] = []
    attributes: dict[str, memoryview] = {}
    for number, value in fields(data, file):
        if number == 1:
            name = _text(value)
        elif number == 2:
            op = _text(value)
        elif number == 3:
            written = _text(value)
            inputs += [] if written.startswith("^") else [_reference(written)]
        elif number == 5:
            key, held = strings(value, 1, file), list(submessages(value, (2,), file))
            if key and held:
                attributes[_text(key[0])] = held[0]
    stated = attributes.pop(SHAPES, None)
    shapes = () if stated is None else _shapes(stated, file)
    if op == "Const" and not shapes and "value" in attributes:
        shapes = tuple(_shape(found, file) for found in submessages(attributes["value"], (8, 2), file))
    return GraphNode(name, op, tuple(inputs), shapes, attributes)


def _reference(written: str) -> Reference:
    """``node``, ``node:1`` (of graphs) and ``node:output:1`` (of functions)."""
    name, *rest = written.split(":")
    output = rest[0] if len(rest) == 2 else ""
    return name, output, int(rest[-1]) if rest and rest[-1].isdecimal() else 0


def _shapes(value: memoryview, file: str) -> tuple[Sizes | None, ...]:
    """Return the shapes in an attribute that lists some."""
    return tuple(_shape(found, file) for found in submessages(value, (1, 7), file))


def _shape(message: memoryview, file: str) -> Sizes | None:
    sizes: list[int | None] = []
    for number, value in values(message, file):
        if number == 3 and value:
            return None
        if number == 2 and not isinstance(value, int):
            size = next((held for key, held in values(value, file) if key == 1 and isinstance(held, int)), 0)
            sizes.append(signed(size) if signed(size) >= 0 else None)
    return tuple(sizes)


def _shape_attribute(node: GraphNode, file: str) -> Sizes | None:
    found = list(_inside(node, "shape", 7, file))
    return _shape(found[0], file) if found else None


def _inside(node: GraphNode, name: str, number: int, file: str) -> Iterator[memoryview]:
    held = node.attributes.get(name)
    return iter(()) if held is None else submessages(held, (number,), file)


def text_of(node: GraphNode, name: str, default: str, file: str) -> str:
    """Return an attribute that is a text."""
    held = node.attributes.get(name)
    found = strings(held, 2, file) if held is not None else []
    return _text(found[0]) if found else default


def numbers_of(node: GraphNode, name: str, file: str) -> tuple[int, ...]:
    """Return an attribute that is a list of whole numbers."""
    found: list[int] = []
    for message in _inside(node, name, 1, file):
        for number, value in values(message, file):
            if number == 3:
                found += [signed(value)] if isinstance(value, int) else packed(value, file)
    return tuple(found)


FLOAT: Final = 1
WIDTHS: Final = {3: 4, 9: 8}
"""Bytes of a whole number, by its type: DT_INT32, DT_INT64."""
MAX_CONSTANT: Final = 256
"""Bytes of a constant whose values are read: the order of axes, a factor."""


def whole_numbers(node: GraphNode, file: str) -> tuple[int, ...] | None:
    """Return the values of a small constant of whole numbers; None for anything else."""
    for tensor in _inside(node, "value", 8, file) if node.op == "Const" else ():
        kind, raw, listed = _tensor(tensor, file, (7, 10))
        width = WIDTHS.get(kind)
        if width is None:
            return None
        if raw:
            starts = range(0, len(raw) - width + 1, width)
            return tuple(int.from_bytes(raw[at : at + width], "little", signed=True) for at in starts)
        numbers: list[int] = []
        for each in listed:
            numbers += [signed(each)] if isinstance(each, int) else packed(memoryview(each), file)
        return tuple(numbers)
    return None


def factor(node: GraphNode, file: str) -> float | None:
    """Return the value of a constant that is one number; None for anything else."""
    for tensor in _inside(node, "value", 8, file) if node.op == "Const" and node.shapes == ((),) else ():
        kind, raw, listed = _tensor(tensor, file, (5,))
        data = raw or b"".join(each for each in listed if not isinstance(each, int))
        if kind == FLOAT and len(data) == 4:
            found: float = struct.unpack("<f", data)[0]
            return found
    return None


def _tensor(message: memoryview, file: str, listed: tuple[int, ...]) -> tuple[int, bytes, list[int | bytes]]:
    """Return the type of a tensor, its bytes, and what is in the fields that list values."""
    kind, raw = 0, b""
    found: list[int | bytes] = []
    if len(message) > MAX_CONSTANT:
        return kind, raw, found
    for number, value in values(message, file):
        if number == 1 and isinstance(value, int):
            kind = value
        elif number == 4 and not isinstance(value, int):
            raw = bytes(value)
        elif number in listed:
            found.append(value if isinstance(value, int) else bytes(value))
    return kind, raw, found


def _text(data: Any) -> str:
    return bytes(data).decode(errors="replace")
