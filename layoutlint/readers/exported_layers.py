"""The layers of an exported model: from operations with Keras's names to steps with Keras's classes.

An operation of the layer ``conv_1`` is called ``model/conv_1/Conv1D/ExpandDims`` or
``model/conv_1/convolution``: all that have a layer's path are that layer, if what they do is what one layer
does. What is not recognised stays the operation that it is, with the shapes that the file states.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.architecture.steps import Sizes, Step, Value, concatenated, reshaped
from layoutlint.readers.tensorflow_graph import (
    MAX_DEPTH,
    Body,
    GraphNode,
    Reference,
    factor,
    numbers_of,
    text_of,
    whole_numbers,
)

PARTS: Final = re.compile(
    r"(convolution|separable_conv2d|depthwise|[cC]onv\dD?|[cC]onv\dD?_transpose|Tensordot|batchnorm|moments"
    r"|(lstm|gru|simple_rnn|rnn)_cell|while|TensorArray\w*|transpose|zeros|strided_slice|Reshape|Squeeze"
    r"|BiasAdd|FusedBatchNormV3|Mean|MaxPool\w*|AvgPool\w*|MatMul|ExpandDims)(_\d+)?"
)
"""What layers call the parts of themselves."""

SHAPE_OPERATIONS: Final = frozenset(["Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike"])
"""What depends on the shape of its input alone."""

PASSED: Final = frozenset(["Identity", "StopGradient", "PreventGradient", "Cast", "EnsureShape"])
"""What hands its input on."""

ACTIVATIONS: Final = {
    "Relu": "relu",
    "Relu6": "relu6",
    "Elu": "elu",
    "Selu": "selu",
    "Sigmoid": "sigmoid",
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "Tanh": "tanh",
}
CONVOLUTIONS: Final = ("Conv2D", "Conv3D", "DepthwiseConv2dNative")
POOLS: Final = {
    "MaxPool": "MaxPooling",
    "AvgPool": "AveragePooling",
    "MaxPool3D": "MaxPooling",
    "AvgPool3D": "AveragePooling",
}
FOLDS: Final = {"Mean": "GlobalAveragePooling", "Max": "GlobalMaxPooling"}
CONCATENATIONS: Final = ("Concat", "ConcatV2")
GATES: Final = {4: "LSTM", 3: "GRU", 1: "SimpleRNN"}
AROUND: Final = frozenset(["BiasAdd", "AddV2", "Add", "ExpandDims", "Squeeze", "Reshape", *ACTIVATIONS])
"""What a layer does before and after what it is for."""

FIRST_OUTPUTS: Final = frozenset(["", "output", "y", "activations", "softmax", "product", "z", "tensor"])
"""The names of a first output, where an operation has several."""

FEW: Final = 6
"""Operations of one path that may be layers of their own; among more, one is a part of something else."""

Found: TypeAlias = "tuple[str, dict[str, Any]] | None"


class NodeGroup(Struct, frozen=True):
    """The operations of one layer's path, what flows into them, and the one whose result flows out.

    ``reshapes`` are the names of all operations of the body that reshape, in order.
    """

    nodes: Sequence[GraphNode]
    fed: Value
    result: GraphNode
    body: Body
    reshapes: Sequence[str]
    file: str

    def of(self, *ops: str) -> list[GraphNode]:
        """Its operations of some kinds."""
        return [node for node in self.nodes if node.op in ops]

    def others(self, *ops: str) -> frozenset[str]:
        """Return the kinds of its operations without these."""
        return frozenset(node.op for node in self.nodes) - frozenset(ops)

    def kernel(self, node: GraphNode) -> Sizes | None:
        """Return the shape of a convolution's kernel, of as many axes as its input; None where it is not
        known.
        """
        found = self.weight(node)
        return None if found is None or len(found) != _rank(node) or None in found else found

    def weight(self, node: GraphNode) -> Sizes | None:
        """Return the shape of the second operand of an operation, where that is a weight."""
        if len(node.inputs) < 2:
            return None
        name = node.inputs[1][0]
        for _ in range(MAX_DEPTH):
            source = self.body.nodes.get(name)
            if source is None or source.shapes or not source.inputs:
                return source.shapes[0] if source is not None and source.shapes else None
            name = source.inputs[0][0]
        return None

    def has_reshape(self, path: str) -> bool:
        """Tell whether an operation of the body below a path reshapes, even a weight."""
        start = f"{path}/"
        first = bisect_left(self.reshapes, start)
        return first < len(self.reshapes) and self.reshapes[first].startswith(start)

    @property
    def sizes(self) -> Sizes | None:
        """The shape of the result."""
        return self.result.shapes[0] if self.result.shapes else None

    @property
    def ending(self) -> dict[str, Any]:
        """The arguments that its last operations stand for."""
        activation = next((ACTIVATIONS[node.op] for node in self.of(*ACTIVATIONS)), "linear")
        return {"activation": activation, "use_bias": bool(self.of("BiasAdd", "AddV2", "Add"))}

    def along_space(self, node: GraphNode, name: str) -> list[int] | None:
        """Return one number for each spatial axis, 1 by default; None where the attribute is of another
        length.
        """
        rank = _rank(node)
        numbers = numbers_of(node, name, self.file) or (1,) * rank
        if len(numbers) != rank:
            return None
        return list(numbers[2:] if self.channels_first(node) else numbers[1:-1])

    def channels_first(self, node: GraphNode) -> bool:
        """Tell whether an operation reads the channels right after the batch."""
        return text_of(node, "data_format", "NHWC", self.file).startswith("NC")

    def window(self, node: GraphNode) -> dict[str, Any] | None:
        """Return the arguments that all layers with a window have; None where they are of no Keras layer."""
        padding = PADDINGS.get(text_of(node, "padding", "", self.file))
        strides = self.along_space(node, "strides")
        if padding is None or strides is None:
            return None
        data_format = "channels_first" if self.channels_first(node) else "channels_last"
        return {"strides": strides, "padding": padding, "data_format": data_format}

    @property
    def is_flat(self) -> bool:
        """Whether it adds an axis of 1 for the sake of an operation on images."""
        return bool(self.of("ExpandDims"))


def _rank(node: GraphNode) -> int:
    """Return how many axes an operation with a window reads."""
    return 5 if node.op.endswith("3D") else 4


PADDINGS: Final = {"SAME": "same", "VALID": "valid"}


def _convolution(group: NodeGroup) -> Found:
    found = group.of(*CONVOLUTIONS)
    if not found or group.others(*CONVOLUTIONS, *AROUND):
        return None
    node = found[0]
    kernel, shared, dilation = group.kernel(node), group.window(node), group.along_space(node, "dilations")
    if kernel is None or shared is None or dilation is None:
        return None
    *window, depth, filters = kernel
    shared |= {"kernel_size": window, "dilation_rate": dilation, **group.ending}
    if group.is_flat:
        shared = _flat(shared, -1)
    rank = len(shared["kernel_size"])
    if node.op == "DepthwiseConv2dNative":
        shared["depth_multiplier"] = filters
        if len(found) == 1:
            return f"DepthwiseConv{rank}D", shared
        last = group.kernel(found[1]) if len(found) == 2 and found[1].op == "Conv2D" else None
        return None if last is None else (f"SeparableConv{rank}D", {**shared, "filters": last[-1]})
    groups = _groups(group, node, depth)
    if len(found) > 1 or groups is None:
        return None
    return f"Conv{rank}D", {**shared, "filters": filters, "groups": groups}


def _flat(arguments: dict[str, Any], place: int) -> dict[str, Any]:
    """Return the arguments of a layer with one spatial axis, out of those of an operation on images."""
    return {name: [value[place]] if isinstance(value, list) else value for name, value in arguments.items()}


def _groups(group: NodeGroup, node: GraphNode, depth: int | None) -> int | None:
    sizes = group.fed.sizes
    if not sizes or len(sizes) < _rank(node) or not depth:
        return 1
    channels = sizes[1 if group.channels_first(node) else -1]
    if channels is None:
        return 1
    return channels // depth if channels % depth == 0 else None


def _dense(group: NodeGroup) -> Found:
    found = group.of("MatMul", "BatchMatMulV2")
    if len(found) != 1 or group.others("MatMul", "BatchMatMulV2", "Transpose", *AROUND):
        return None
    kernel = group.weight(found[0])
    if kernel is None or len(kernel) != 2 or (group.sizes is not None and group.sizes[-1:] != kernel[1:]):
        return None
    return "Dense", {"units": kernel[1], **group.ending}


def _recurrent(group: NodeGroup) -> Found:
    found = group.of("MatMul")
    if len(group.of("While", "StatelessWhile")) != 1 or len(found) != 1 or not group.sizes:
        return None
    kernel, units = group.weight(found[0]), group.sizes[-1]
    if kernel is None or len(kernel) != 2 or not units or not kernel[1] or len(group.sizes) not in (2, 3):
        return None
    class_name = GATES.get(kernel[1] // units) if kernel[1] % units == 0 else None
    backwards = bool(group.of("ReverseV2"))
    arguments = {"units": units, "return_sequences": len(group.sizes) == 3, "go_backwards": backwards}
    return None if class_name is None else (class_name, arguments)


def _pooling(group: NodeGroup) -> Found:
    found = group.of(*POOLS)
    if len(found) != 1 or group.others(*POOLS, "ExpandDims", "Squeeze"):
        return None
    shared, window = group.window(found[0]), group.along_space(found[0], "ksize")
    if shared is None or window is None:
        return None
    shared["pool_size"] = window
    if group.is_flat:
        # Keras 2 adds its axis after the steps, Keras 3 before them
        wide = [place for place, size in enumerate(window) if size != 1]
        if len(wide) != 1:
            return None
        shared = _flat(shared, wide[0])
    return f"{POOLS[found[0].op]}{len(shared['pool_size'])}D", shared


def _global_pooling(group: NodeGroup) -> Found:
    before, after = group.fed.sizes, group.sizes
    if len(group.nodes) != 1 or group.result.op not in FOLDS or before is None or after is None:
        return None
    if len(before) not in (3, 4, 5) or len(after) != 2 or before[1] == before[-1] or after[1] is None:
        return None
    if after[0] != before[0]:
        return None  # the samples are folded
    if after[1] not in (before[1], before[-1]):
        return None
    data_format = "channels_last" if after[1] == before[-1] else "channels_first"
    return f"{FOLDS[group.result.op]}{len(before) - 2}D", {"data_format": data_format}


def _normalization(group: NodeGroup) -> Found:
    fused = group.of("FusedBatchNormV3", "FusedBatchNorm")
    if len(fused) == 1 and len(group.nodes) == 1:
        return "BatchNormalization", {"axis": 1 if group.channels_first(fused[0]) else -1}
    if group.others("Mul", "AddV2", "Sub", "Add") or "/batchnorm/" not in group.result.name:
        return None
    turned = group.has_reshape(group.result.name.partition("/batchnorm/")[0])
    axis = _kept_axis(group) if turned else -1
    return None if axis is None else ("BatchNormalization", {"axis": axis})


def _kept_axis(group: NodeGroup) -> int | None:
    """Return the one axis along which the weights lie that the result is made with, by their shape."""
    shapes = [
        group.body.nodes[name].shapes[:1] for name, *_ in group.result.inputs if name in group.body.nodes
    ]
    sizes = group.sizes
    for (found,) in filter(None, shapes):
        wide = [place for place, size in enumerate(found or ()) if size != 1]
        if sizes and found and len(found) == len(sizes) and len(wide) == 1 and found[wide[0]] is not None:
            return wide[0]
    return None


def _softmax(group: NodeGroup) -> Found:
    """Return a softmax along another axis than the last, which TensorFlow puts last and back for it."""
    found, before = group.of("Softmax"), group.fed.sizes
    if len(found) != 1 or len(group.nodes) != 3 or group.others("Softmax", "Transpose") or not before:
        return None
    turned = found[0].shapes[0] if found[0].shapes else None
    if group.sizes != before or turned is None:
        return None
    places = [place for place in range(len(before) - 1) if turned == _swapped(before, place)]
    return ("Softmax", {"axis": places[0]}) if len(places) == 1 else None


def _swapped(sizes: Sizes, place: int) -> Sizes:
    """Return sizes with one of them and the last exchanged."""
    found = list(sizes)
    found[place], found[-1] = found[-1], found[place]
    return tuple(found)


def _transpose(group: NodeGroup) -> Found:
    if len(group.nodes) != 1 or group.result.op != "Transpose" or len(group.result.inputs) != 2:
        return None
    held = group.body.nodes.get(group.result.inputs[1][0])
    order = whole_numbers(held, group.file) if held is not None else None
    if not order or order[0] != 0 or sorted(order) != list(range(len(order))):
        return None
    return "Permute", {"dims": list(order[1:])}


def _rescaling(group: NodeGroup) -> Found:
    """Return a product with one number, with another one added."""
    if [node.op for node in group.nodes] != ["Mul", "AddV2"]:
        return None
    scale, offset = (_factor(group, node) for node in group.nodes)
    return None if scale is None or offset is None else ("Rescaling", {"scale": scale, "offset": offset})


def _factor(group: NodeGroup, node: GraphNode) -> float | None:
    held = [group.body.nodes[name] for name, *_ in node.inputs if name in group.body.nodes]
    found = [number for each in held if (number := factor(each, group.file)) is not None]
    return found[0] if len(found) == 1 else None


def _reshape(group: NodeGroup) -> Found:
    if len(group.nodes) != 1 or group.result.op != "Reshape":
        return None
    return reshaped(group.fed.sizes, group.sizes)


def _activation(group: NodeGroup) -> Found:
    if len(group.nodes) != 1 or group.result.op not in ACTIVATIONS:
        return None
    return "Activation", {"activation": ACTIVATIONS[group.result.op]}


RECOGNISERS: Final = (
    _convolution,
    _dense,
    _recurrent,
    _pooling,
    _global_pooling,
    _normalization,
    _reshape,
    _activation,
    _softmax,
    _transpose,
    _rescaling,
)


def steps(body: Body, file: str) -> tuple[list[Value], list[Step], list[Value]]:
    """Return inputs, steps and outputs of a model."""
    return _Reader(body, file, _fed(body)).read()


def _fed(body: Body) -> dict[str, GraphNode]:
    """Return the operations that compute with the model's inputs, each after those whose results it takes."""
    found: dict[str, GraphNode] = {}
    for node in _in_order(body.nodes):
        is_fed = any(t[0] in found or t[0] in body.inputs for t in node.inputs)
        if is_fed and node.op not in SHAPE_OPERATIONS and node.name not in body.inputs:
            found[node.name] = node
    return found


def _in_order(nodes: Mapping[str, GraphNode]) -> Iterator[GraphNode]:
    """Yield all operations, each after those whose results it takes; a loop is cut where it is entered."""
    entered: set[str] = set()
    done: set[str] = set()
    waiting = list(nodes)[::-1]
    while waiting:
        name = waiting.pop()
        if name in done:
            continue
        if name in entered:
            done.add(name)
            yield nodes[name]
            continue
        entered.add(name)
        waiting.append(name)
        waiting += [t[0] for t in nodes[name].inputs if t[0] in nodes and t[0] not in entered]


def _path(name: str) -> str:
    """Return the path of the layer that an operation may be part of."""
    parts = name.split("/")[:-1]
    while len(parts) > 1 and PARTS.fullmatch(parts[-1]):
        parts.pop()
    return "/".join(parts)


class _Reader:
    def __init__(self, body: Body, file: str, fed: Mapping[str, GraphNode]) -> None:
        self.body = body
        self.file = file
        self.fed = fed
        self.made: dict[str, str] = {}
        """The step that an operation is part of."""
        self.reshapes = sorted(name for name, node in body.nodes.items() if node.op == "Reshape")
        self.passed: dict[str, Reference] = {}
        """For an operation that hands its input on, the tensor that it hands on."""
        self.users: dict[str, set[str]] = {}
        """Who takes the results of an operation."""
        for node in fed.values():
            if node.op in PASSED:
                self.passed[node.name] = self._source(node.inputs[0])
        for node in fed.values():
            for tensor in node.inputs:
                self.users.setdefault(self._source(tensor)[0], set()).add(node.name)
        for tensor in body.outputs:
            self.users.setdefault(self._source(tensor)[0], set()).add("")

    def read(self) -> tuple[list[Value], list[Step], list[Value]]:
        groups: dict[str, list[GraphNode]] = {}
        for node in self.fed.values():
            if node.op not in PASSED:
                groups.setdefault(_path(node.name), []).append(node)
        made: list[Step] = []
        found: dict[str, tuple[list[GraphNode], tuple[str, dict[str, Any]]]] = {}
        for path, nodes in groups.items():
            layer = self._layer(nodes) if path else None
            if layer is not None:
                found[path] = nodes, layer
                self.made |= {node.name: path for node in nodes}
        for path, (nodes, (class_name, config)) in found.items():
            made.append(Step(path, class_name, self._outside(nodes), config))
        for path, nodes in groups.items():
            if path not in found:
                made += [self._alone(node, len(nodes) <= FEW) for node in nodes]
        inputs = [Value(name, 0, sizes) for name, sizes in self.body.inputs.items()]
        outputs = [value for tensor in self.body.outputs if (value := self._value(tensor)) is not None]
        return inputs, made, outputs

    def _alone(self, node: GraphNode, may_be_layer: bool) -> Step:
        """Return an operation as a step of its own."""
        layer = self._layer([node]) if may_be_layer else None
        if layer is not None:
            return Step(node.name, layer[0], self._outside([node]), layer[1])
        return Step(node.name, node.op, self._outside([node]), is_layer=False)

    def _layer(self, nodes: list[GraphNode]) -> Found:
        """Return the class and the arguments of the layer that operations are, if they are one."""
        own = {node.name for node in nodes}
        outside = self._outside(nodes)
        if len(nodes) == 1 and nodes[0].op in CONCATENATIONS:
            return concatenated([value.sizes for value in outside], next(iter(nodes[0].shapes), None))
        results = [node for node in nodes if self.users.get(node.name, set()) - own]
        if len(outside) != 1 or len(results) != 1:
            return None
        group = NodeGroup(nodes, outside[0], results[0], self.body, self.reshapes, self.file)
        return next((found for each in RECOGNISERS if (found := each(group)) is not None), None)

    def _outside(self, nodes: list[GraphNode]) -> list[Value]:
        """Return the tensors that operations take from others."""
        own = {node.name for node in nodes}
        found: dict[tuple[str, int], Value] = {}
        for node in nodes:
            for tensor in node.inputs:
                if self._source(tensor)[0] not in own and (value := self._value(tensor)) is not None:
                    found.setdefault((value.step, value.index), value)
        return list(found.values())

    def _source(self, tensor: Reference) -> Reference:
        """Return the tensor that is handed on as this one."""
        return self.passed.get(tensor[0], tensor)

    def _value(self, tensor: Reference) -> Value | None:
        """Return a tensor that depends on the model's inputs; None for weights and constants."""
        name, output, index = self._source(tensor)
        if name in self.body.inputs:
            return Value(name, 0, self.body.inputs[name])
        node = self.fed.get(name)
        if node is None:
            return None
        is_sure = index < len(node.shapes) and (len(node.shapes) == 1 or index > 0 or output in FIRST_OUTPUTS)
        step = self.made.get(name, name)
        return Value(step, index if step == name else 0, node.shapes[index] if is_sure else None)
