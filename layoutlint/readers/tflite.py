"""TensorFlow Lite: operators, shapes and the shapes of weights out of a ``.tflite`` file.

Schema: ``tensorflow/compiler/mlir/lite/schema/schema.fbs``. The weights themselves are never read. Operators
keep Keras's paths in the names of their results (``model/conv_1/Relu;model/conv_1/BiasAdd``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.architecture.steps import Sizes, Step, Value, concatenated, graph_of, reshaped
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers.bounded import BoundedFile
from layoutlint.readers.flatbuffer import Pages, Record
from layoutlint.system.places import opened

NAME: Final = "TensorFlow Lite model"
NOTE: Final = "its layers are told from the operators of TensorFlow Lite"

MAX_OPERATORS: Final = 50_000

OPERATORS: Final = {
    0: "ADD",
    1: "AVERAGE_POOL_2D",
    2: "CONCATENATION",
    3: "CONV_2D",
    4: "DEPTHWISE_CONV_2D",
    6: "DEQUANTIZE",
    9: "FULLY_CONNECTED",
    14: "LOGISTIC",
    17: "MAX_POOL_2D",
    18: "MUL",
    19: "RELU",
    21: "RELU6",
    22: "RESHAPE",
    23: "RESIZE_BILINEAR",
    25: "SOFTMAX",
    28: "TANH",
    34: "PAD",
    36: "GATHER",
    37: "BATCH_TO_SPACE_ND",
    38: "SPACE_TO_BATCH_ND",
    39: "TRANSPOSE",
    40: "MEAN",
    41: "SUB",
    43: "SQUEEZE",
    44: "UNIDIRECTIONAL_SEQUENCE_LSTM",
    45: "STRIDED_SLICE",
    53: "CAST",
    67: "TRANSPOSE_CONV",
    70: "EXPAND_DIMS",
    77: "SHAPE",
    82: "REDUCE_MAX",
    83: "PACK",
    97: "RESIZE_NEAREST_NEIGHBOR",
    98: "LEAKY_RELU",
    111: "ELU",
    114: "QUANTIZE",
    119: "WHILE",
    126: "BATCH_MATMUL",
}
"""The operators that are met often; the others go by their numbers."""

PASSED: Final = frozenset(["QUANTIZE", "DEQUANTIZE", "CAST"])
ACTIVATIONS: Final = {
    "RELU": "relu",
    "RELU6": "relu6",
    "ELU": "elu",
    "LOGISTIC": "sigmoid",
    "SOFTMAX": "softmax",
    "TANH": "tanh",
}
FUSED: Final = {1: "relu", 3: "relu6", 4: "tanh"}
PADDINGS: Final = {0: "same", 1: "valid"}
RESHAPES: Final = ("RESHAPE", "EXPAND_DIMS", "SQUEEZE")
SHAPE_OPERATORS: Final = frozenset(["SHAPE"])
"""What depends on the shape of its input alone."""


Found: TypeAlias = "tuple[str, dict[str, Any]] | None"


class Held(Struct, frozen=True):
    """A tensor of the file: its name and its shape, None for a free size."""

    name: str
    sizes: Sizes


class Operator(Struct, frozen=True):
    """One operator: what it is, its options, and its tensors by their numbers (-1: left out)."""

    op: str
    options: Record | None
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def read(path: str) -> Graph:
    """Return the graph of a ``.tflite`` file."""
    with opened(path, buffering=0) as file:
        model = Pages(BoundedFile(file), NAME).root()
        subgraphs = model.tables(2)
        if not subgraphs:
            raise UnreadableError("has no graph: damaged or empty")
        codes = [_operator_name(code) for code in model.tables(1)]
        main = _Subgraph(subgraphs[0], codes)
        steps = main.steps()
    if not steps:
        raise NothingToReadError("a TensorFlow Lite model without operators")
    graph = graph_of(Path(path).stem, main.inputs(), steps, main.outputs(), path)
    graph.notes.append(NOTE)
    return graph


def _operator_name(code: Record) -> str:
    """Return what an entry of the list of operators is; old files have its number in one byte."""
    custom = code.text(1)
    number = max(code.byte(0), code.integer(3))
    return custom or OPERATORS.get(number, f"operator_{number}")


class _Subgraph:
    def __init__(self, table: Record, codes: Sequence[str]) -> None:
        self.starts, self.ends = dict.fromkeys(table.integers(1)), table.integers(2)
        self.tensors = [_held(tensor) for tensor in table.tables(0)]
        self.is_free = any(self.held(number).sizes[:1] == (None,) for number in self.starts)
        operators = [_operator(entry, codes) for entry in table.tables(3)]
        self.operators = [each for each in operators if each.outputs]
        if len(self.operators) > MAX_OPERATORS:
            raise UnreadableError(f"has more than {MAX_OPERATORS} operators: damaged or hostile")
        self.passed: dict[int, int] = {}
        """For a tensor that is another one in another form, that one."""
        self.makers: dict[int, Operator] = {}
        self.users: dict[int, list[Operator]] = {}
        for each in self.operators:
            if each.op in PASSED and each.inputs:
                self.passed[each.outputs[0]] = self.passed.get(each.inputs[0], each.inputs[0])
            elif each.op not in SHAPE_OPERATORS:
                self.makers |= dict.fromkeys(each.outputs, each)
                for number in each.inputs:
                    self.users.setdefault(self.passed.get(number, number), []).append(each)
        self.names: dict[int, str] = {}
        """What the step is called that an operator (by identity) is part of."""
        self.ends_with: dict[int, int] = {}
        """The tensor that a layer of several operators returns, for each of them."""
        self.taken: Counter[str] = Counter(self._input(number) for number in self.starts)

    def held(self, number: int) -> Held:
        """Return a tensor. Raises UnreadableError for one that there is not."""
        if not 0 <= number < len(self.tensors):
            raise UnreadableError("damaged: an operator takes a tensor that there is not")
        return self.tensors[number]

    def sizes(self, number: int) -> Sizes:
        """Return the shape of a tensor; the batch is free where that of the inputs is."""
        sizes = self.held(number).sizes
        return (None, *sizes[1:]) if self.is_free and sizes[:1] == (1,) else sizes

    def inputs(self) -> list[Value]:
        """Return what the model is fed."""
        return [Value(self._input(number), 0, self.held(number).sizes) for number in self.starts]

    def outputs(self) -> list[Value]:
        """Return what the model returns."""
        return self._values(self.ends)

    def _input(self, number: int) -> str:
        return self.held(number).name.removesuffix(":0") or f"input_{number}"

    def steps(self) -> list[Step]:
        """Return one step for each operator, and one for a layer of several."""
        fed = self._fed()
        around = {id(each): found for each in fed if (found := self._around(each)) is not None}
        inside = {id(part) for parts in around.values() for part in parts}
        for each in fed:
            if id(each) not in inside:
                parts = around.get(id(each), ())
                name = self._name(parts[-1] if parts else each)
                self.names |= {id(part): name for part in (each, *parts)}
                self.ends_with |= {id(part): parts[-1].outputs[0] for part in (each, *parts) if parts}
        return [self._step(each, around.get(id(each), ())) for each in fed if id(each) not in inside]

    def _fed(self) -> list[Operator]:
        """Return the operators that compute with the inputs; the file has them in the order of their work."""
        known = set(self.starts)
        found: list[Operator] = []
        for each in self.operators:
            if each.op in SHAPE_OPERATORS or known.isdisjoint(each.inputs):
                continue
            known.update(each.outputs)
            if each.op not in PASSED:
                found.append(each)
        return found

    def _around(self, each: Operator) -> tuple[Operator, Operator] | None:
        """Return the reshapes around an operator on images that add an axis of 1 and take it away: a layer in
        1D.
        """
        before = self._expanded(each)
        if before is None or len(self.users.get(before.outputs[0], [])) != 1:
            return None
        users = self.users.get(each.outputs[0], [])
        # a Flatten takes the values as they lie there, with or without the axis of 1
        after = [user for user in users if user.op in RESHAPES and len(self.sizes(user.outputs[0])) != 2]
        flat = [user for user in users if user.op == "RESHAPE" and len(self.sizes(user.outputs[0])) == 2]
        if len(after) != 1 or len(after) + len(flat) != len(users):
            return None
        first, last = self.sizes(before.inputs[0]), self.sizes(after[0].outputs[0])
        middle, result = self.sizes(each.inputs[0]), self.sizes(each.outputs[0])
        fits = len(middle) == len(result) == 4 and (middle[1], result[1]) == (1, 1)
        fits = fits and (middle[2:], result[2:]) == (first[1:], last[1:]) and len(last) == 3
        return (before, after[0]) if fits else None

    def _expanded(self, each: Operator) -> Operator | None:
        """Return what has given the input of an operator on images its fourth axis."""
        number = each.inputs[0] if each.inputs else -1
        before = self.makers.get(self.passed.get(number, number))
        if each.op not in WINDOWS or before is None or before.op not in RESHAPES or not before.inputs:
            return None
        return before if len(self.sizes(before.inputs[0])) == 3 else None

    def _name(self, last: Operator) -> str:
        """Return a name of its own for a step that ends with an operator."""
        name = _path(self.held(last.outputs[0]).name) or last.op
        self.taken[name] += 1
        return name if self.taken[name] == 1 else f"{name}:{self.taken[name]}"

    def _step(self, each: Operator, around: Sequence[Operator]) -> Step:
        name = self.names[id(each)]
        inputs = self._values(around[0].inputs[:1] if around else each.inputs)
        after = self.sizes((around[-1] if around else each).outputs[0])
        found = self._layer(each, inputs, after) if around or self._expanded(each) is None else None
        if found is None:
            return Step(name, each.op, inputs, is_layer=False)
        class_name, arguments = found
        if around:
            arguments = {
                key: item[-1:] if isinstance(item, list) else item for key, item in arguments.items()
            }
        return Step(name, class_name.format(1 if around else 2), inputs, arguments)

    def _layer(self, each: Operator, inputs: Sequence[Value], after: Sizes) -> Found:
        """Return the class and the arguments of the layer that an operator is, from its input to a shape."""
        if each.op == "CONCATENATION":
            return concatenated([value.sizes for value in inputs], after)
        if len(inputs) != 1:
            return None
        if each.op in ACTIVATIONS:
            return "Activation", {"activation": ACTIVATIONS[each.op]}
        before = inputs[0].sizes
        if each.op == "RESHAPE":
            return reshaped(before, after)
        if each.op not in LAYERS or each.options is None or before is None or len(before) != len(after):
            return None
        others = [number for number in each.inputs[1:] if number >= 0 and not self._values((number,))]
        return LAYERS[each.op](each.options, [self.held(number).sizes for number in others])

    def _values(self, numbers: Sequence[int]) -> list[Value]:
        """Tensors that depend on the model's inputs, without weights and constants (and -1: left out)."""
        found: list[Value] = []
        for given in numbers:
            number = self.passed.get(given, given)
            each = self.makers.get(number)
            if number in self.starts:
                found.append(Value(self._input(number), 0, self.held(number).sizes))
            elif each is not None and id(each) in self.names:
                sizes = self.sizes(self.ends_with.get(id(each), number)) or None
                index = 0 if id(each) in self.ends_with else each.outputs.index(number)
                found.append(Value(self.names[id(each)], index, sizes))
        return found


def _held(tensor: Record) -> Held:
    sizes = tensor.integers(7) or tensor.integers(0)
    return Held(tensor.text(3), tuple(None if size < 0 else size for size in sizes))


def _operator(entry: Record, codes: Sequence[str]) -> Operator:
    number = entry.integer(0)
    if not 0 <= number < len(codes):
        raise UnreadableError("damaged: an operator that the file does not name")
    return Operator(codes[number], entry.table(4), entry.integers(1), entry.integers(2))


def _path(written: str) -> str:
    """Return the path of the layer in the name of its result: without what the layer calls its last
    operation.
    """
    parts = written.partition(";")[0].split("/")
    return "/".join(parts[:-1]) if len(parts) > 1 else parts[0]


Recogniser: TypeAlias = Callable[[Record, Sequence[Sizes]], Found]
"""The class and the arguments of a layer, from the options of its operator and the shapes of its weights."""


def _ending(options: Record, number: int, weights: Sequence[Sizes]) -> dict[str, Any]:
    return {"activation": FUSED.get(options.byte(number), "linear"), "use_bias": len(weights) > 1}


def _window(options: Record) -> dict[str, Any]:
    padding = PADDINGS.get(options.byte(0), "valid")
    strides = [options.integer(2), options.integer(1)]
    return {"padding": padding, "strides": strides, "data_format": "channels_last"}


def _convolution(options: Record, weights: Sequence[Sizes]) -> Found:
    if not weights or len(weights[0]) != 4:
        return None
    filters, *kernel = weights[0][:3]
    dilation = [options.integer(5, 1), options.integer(4, 1)]
    own = {"filters": filters, "kernel_size": kernel, "dilation_rate": dilation}
    return "Conv{}D", {**_window(options), **own, **_ending(options, 3, weights)}


def _depthwise(options: Record, weights: Sequence[Sizes]) -> Found:
    if not weights or len(weights[0]) != 4:
        return None
    dilation = [options.integer(6, 1), options.integer(5, 1)]
    multiplier = options.integer(3)
    own = {"kernel_size": list(weights[0][1:3]), "dilation_rate": dilation, "depth_multiplier": multiplier}
    return "DepthwiseConv{}D", {**_window(options), **own, **_ending(options, 4, weights)}


def _pooling(name: str) -> Recogniser:
    def pooling(options: Record, weights: Sequence[Sizes]) -> Found:
        return name, {**_window(options), "pool_size": [options.integer(4), options.integer(3)]}

    return pooling


def _dense(options: Record, weights: Sequence[Sizes]) -> Found:
    if not weights or len(weights[0]) != 2:
        return None
    return "Dense", {"units": weights[0][0], **_ending(options, 0, weights)}


WINDOWS: Final[dict[str, Recogniser]] = {
    "CONV_2D": _convolution,
    "DEPTHWISE_CONV_2D": _depthwise,
    "AVERAGE_POOL_2D": _pooling("AveragePooling{}D"),
    "MAX_POOL_2D": _pooling("MaxPooling{}D"),
}
LAYERS: Final[dict[str, Recogniser]] = {**WINDOWS, "FULLY_CONNECTED": _dense}
"""Operators that are layers of Keras."""
