"""ONNX: inputs, operators and the shapes of weights, without the onnx package.

Operators that are layers of Keras with their channels first become those; what is not recognised stays an
operation with the shape that the file states. Messages: ``onnx/onnx.proto``; operators: ``Operators.md``.
Weights are passed over where they lie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.architecture.steps import Sizes, Step, Value, graph_of
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers.bounded import MEBIBYTE, BoundedFile
from layoutlint.readers.onnx_steps import FIRST, SAME, SEVERAL
from layoutlint.readers.protobuf_wire import packed, signed, values, varint
from layoutlint.system.places import opened

NAME: Final = "graph"
NOTE: Final = "its layers are told from the operators of the file"
MAX_OPERATORS: Final = 50_000
MAX_MESSAGE: Final = MEBIBYTE
"""A larger operator is a constant, whose values are not asked for."""
MAX_RANK: Final = 8
ZEROS: Final = "zeros"
"""Among the arguments of a convolution: the padding that is a layer of its own before it."""

Found: TypeAlias = "tuple[str, dict[str, Any]] | None"


class Constant(Struct, frozen=True):
    """Weights or constants: their shape and, of a few whole numbers, the values."""

    sizes: tuple[int, ...]
    numbers: tuple[int, ...] | None = None


class OnnxNode(Struct, frozen=True):
    """One operator: the tensors that it takes and makes by name, and its attributes."""

    op: str
    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Any]

    @property
    def is_sound(self) -> bool:
        """Whether its attributes are of the kinds that ONNX gives them."""
        return all(isinstance(held, KINDS.get(name, object)) for name, held in self.attributes.items())


def read(path: str) -> Graph:
    """Return the graph of an ``.onnx`` file."""
    with opened(path) as stream:
        model = OnnxModel(BoundedFile(stream))
        steps = model.steps()
    if not steps or not model.starts:
        raise NothingToReadError("an ONNX model that computes nothing with an input")
    fed = [Value(name, 0, model.stated.get(name)) for name in model.starts]
    graph = graph_of(Path(path).stem, fed, steps, model.ends(), path)
    graph.notes.append(NOTE)
    return graph


class OnnxModel:
    def __init__(self, file: BoundedFile) -> None:
        self.constants: dict[str, Constant] = {}
        self.stated: dict[str, Sizes] = {}
        self.operators: list[OnnxNode] = []
        self.shapes: set[str] = set()
        """Tensors that are made of shapes alone."""
        given, self.returned = [], []
        for start, size in _spans(file, 0, file.size, 7):
            for number, at, length in _fields(file, start, start + size):
                if number == 5:
                    name, constant = _constant(file, at, length)
                    self.constants[name] = constant
                elif number == 1:
                    self._operator(_bytes(file, at, length))
                elif number in (11, 12, 13) and length <= MAX_MESSAGE:
                    name, sizes = _stated(_bytes(file, at, length))
                    given += [name] if number == 11 else []
                    self.returned += [name] if number == 12 else []
                    if sizes is not None:
                        self.stated[name] = sizes
        self.starts = [name for name in given if name not in self.constants]
        self.made: dict[str, Value] = {name: Value(name, 0, self.stated.get(name)) for name in self.starts}
        self.ranks = {name: len(sizes) for name, sizes in self.stated.items()}

    def _operator(self, data: bytes) -> None:
        if len(self.operators) >= MAX_OPERATORS:
            raise UnreadableError(f"has more than {MAX_OPERATORS} operators: damaged or hostile")
        if len(data) > MAX_MESSAGE:
            return
        found = _operator(data)
        if found.op == "Constant" and found.outputs:
            held = found.attributes.get("value")
            self.constants[found.outputs[0]] = held if isinstance(held, Constant) else Constant(())
        else:
            self.operators.append(found)

    def ends(self) -> list[Value]:
        """Return what the model returns."""
        return [self.made[name] for name in self.returned if name in self.made]

    def steps(self) -> list[Step]:
        """Return one step for each operator that computes with the inputs."""
        found: list[Step] = []
        taken = Counter(self.starts)
        for each in self.operators:
            if self._is_of_shapes(each):
                continue
            inputs = [self.made[name] for name in each.inputs if name in self.made]
            if not inputs or not each.outputs:
                continue
            first = next(name for name in each.inputs if name in self.made)
            if each.op in PASSED or (each.op in ARITHMETIC and len(inputs) == 1 and self._is_scaling(each)):
                self.made[each.outputs[0]] = inputs[0]
                self.ranks[each.outputs[0]] = self.ranks.get(first, 0)
                continue
            name = (each.name or each.outputs[0]).strip("/") or each.op
            taken[name] += 1
            name = name if taken[name] == 1 else f"{name}:{taken[name]}"
            several = SEVERAL.get(each.op) if each.is_sound else None
            spread = several(each, self, name, self.made[first]) if several is not None else None
            if spread is not None:
                found += spread.steps
                for output, value in spread.values.items():
                    self.made[output] = Value(value.step, value.index, self.stated.get(output) or value.sizes)
                self.ranks |= spread.ranks
                continue
            recognise = LAYERS.get(each.op) if each.is_sound else None
            layer = recognise(each, self, first) if recognise is not None else None
            class_name, arguments = layer if layer is not None else (each.op, {})
            zeros = arguments.pop(ZEROS, None)
            if zeros is not None:
                padded = f"{name}/pads"
                found.append(
                    Step(padded, f"ZeroPadding{len(zeros)}D", inputs, {"padding": _written(zeros), **FIRST})
                )
                inputs = [Value(padded)]
            found.append(Step(name, class_name, inputs, arguments, is_layer=layer is not None))
            for index, output in enumerate(each.outputs):
                self.made[output] = Value(name, index, self.stated.get(output))
            self.ranks.setdefault(each.outputs[0], _rank_after(each, self, first))
        return found

    def _is_of_shapes(self, each: OnnxNode) -> bool:
        """Tell whether an operator computes with the shape of a tensor, and with no values of it.

        Sizes behind that of the batch, which are constants, are what a Reshape is given.
        """
        moving = [name for name in each.inputs if name not in self.constants or name in self.shapes]
        if each.op != "Shape" and not (moving and self.shapes.issuperset(moving)):
            return False
        self.shapes.update(each.outputs)
        if each.op == "Concat" and each.outputs and each.inputs[0] in self.shapes:
            rest = [self.constants.get(name) for name in each.inputs[1:]]
            sizes = [size for held in rest if held is not None for size in held.numbers or ()]
            if all(held is not None and held.numbers is not None for held in rest) and sizes:
                self.constants[each.outputs[0]] = Constant((1 + len(sizes),), (0, *sizes))
        elif each.op in PASSED and each.outputs and each.inputs[0] in self.constants:
            self.constants[each.outputs[0]] = self.constants[each.inputs[0]]
        return True

    def _is_scaling(self, each: OnnxNode) -> bool:
        """Tell whether arithmetic with a constant leaves the shape: one value, or one for each channel."""
        others = [self.constants[name].sizes for name in each.inputs if name in self.constants]
        return len(others) == 1 and sum(size != 1 for size in others[0]) <= 1

    def weights(self, each: OnnxNode, index: int) -> tuple[int, ...]:
        """Return the shape of a constant that an operator takes; the empty shape if it is none."""
        held = self.constants.get(each.inputs[index]) if index < len(each.inputs) else None
        return held.sizes if held is not None else ()


def _rank_after(each: OnnxNode, model: OnnxModel, first: str) -> int:
    if each.op in ("Flatten", "Gemm"):
        return 2
    if each.op == "Reshape":
        return sum(model.weights(each, 1)[:1])
    return model.ranks.get(first, 0) if each.op in LAYERS else 0


# Layers ----------------------------------------------------------------------


def _window(each: OnnxNode, kernel: Sequence[int]) -> dict[str, Any] | None:
    """Return strides, dilation and padding of a kernel; with zeros where Keras has no word for it."""
    count = len(kernel)
    strides = list(each.attributes.get("strides") or [1] * count)
    dilation = list(each.attributes.get("dilations") or [1] * count)
    pads = list(each.attributes.get("pads") or [0] * 2 * count)
    automatic = each.attributes.get("auto_pad", "NOTSET")
    if len(strides) != count or len(dilation) != count or len(pads) != 2 * count:
        return None
    spans = [rate * (size - 1) for rate, size in zip(dilation, kernel, strict=True)]
    sides = list(zip(pads[:count], pads[count:], strict=True))
    if automatic in SAME:
        padding = "same"
    elif automatic == "VALID" or not any(pads):
        padding = "valid"
    elif all(before + after == span for (before, after), span in zip(sides, spans, strict=True)) and all(
        before == after or stride == 1 for (before, after), stride in zip(sides, strides, strict=True)
    ):
        padding = "same"
    else:
        return {"strides": strides, "dilation_rate": dilation, "padding": "valid", **FIRST, ZEROS: sides}
    return {"strides": strides, "dilation_rate": dilation, "padding": padding, **FIRST}


def _written(sides: list[tuple[int, int]]) -> list[Any]:
    """Return the padding on both sides of each axis as Keras takes it: of one axis with no list around it."""
    return list(sides[0]) if len(sides) == 1 else [list(side) for side in sides]


def _convolution(each: OnnxNode, model: OnnxModel, first: str) -> Found:
    sizes = model.weights(each, 1)
    if not 3 <= len(sizes) <= 5:
        return None
    filters, _, *kernel = sizes
    window = _window(each, kernel)
    own = {
        "filters": filters,
        "kernel_size": kernel,
        "groups": each.attributes.get("group", 1),
        "use_bias": len(each.inputs) > 2,
    }
    return None if window is None else (f"Conv{len(kernel)}D", {**window, **own})


def _pooling(name: str) -> Recogniser:
    def pooling(each: OnnxNode, model: OnnxModel, first: str) -> Found:
        kernel = list(each.attributes.get("kernel_shape") or ())
        window = _window(each, kernel)
        if window is None or ZEROS in window or not 1 <= len(kernel) <= 3 or each.attributes.get("ceil_mode"):
            return None
        dilated = any(rate != 1 for rate in window.pop("dilation_rate"))
        return None if dilated else (f"{name}{len(kernel)}D", {**window, "pool_size": kernel})

    return pooling


def _global(name: str) -> Recogniser:
    def pooling(each: OnnxNode, model: OnnxModel, first: str) -> Found:
        rank = model.ranks.get(first, 0)
        return (f"{name}{rank - 2}D", {"keepdims": True, **FIRST}) if 3 <= rank <= 5 else None

    return pooling


def _gemm(each: OnnxNode, model: OnnxModel, first: str) -> Found:
    sizes = model.weights(each, 1)
    if len(sizes) != 2 or each.attributes.get("transA") or each.inputs[0] != first:
        return None
    units = sizes[0] if each.attributes.get("transB") else sizes[1]
    return "Dense", {"units": units, "use_bias": len(each.inputs) > 2}


def _matmul(each: OnnxNode, model: OnnxModel, first: str) -> Found:
    sizes = model.weights(each, 1)
    is_dense = len(sizes) == 2 and each.inputs[0] == first
    return ("Dense", {"units": sizes[1], "use_bias": False}) if is_dense else None


def _activation(name: str) -> Recogniser:
    return lambda each, model, first: ("Activation", {"activation": name})


def _softmax(each: OnnxNode, model: OnnxModel, first: str) -> Found:
    axis, rank = each.attributes.get("axis", -1), model.ranks.get(first, 0)
    return ("Softmax", {"axis": axis}) if axis == -1 or 0 < axis < rank else None


def _flatten(each: OnnxNode, model: OnnxModel, first: str) -> Found:
    return ("Flatten", {}) if each.attributes.get("axis", 1) == 1 else None


def _transpose(each: OnnxNode, model: OnnxModel, first: str) -> Found:
    order = list(each.attributes.get("perm") or ())
    return ("Permute", {"dims": order[1:]}) if len(order) > 1 and order[0] == 0 else None


def _reshape(each: OnnxNode, model: OnnxModel, first: str) -> Found:
    held = model.constants.get(each.inputs[1]) if len(each.inputs) > 1 else None
    if held is None or held.numbers is None or len(held.numbers) < 2:
        return None
    batch, *target = held.numbers
    is_sound = all(size > 0 for size in target) or (batch == 0 and target.count(-1) == 1 and 0 not in target)
    return ("Reshape", {"target_shape": target}) if batch in (-1, 0) and is_sound else None


def _normalization(each: OnnxNode, model: OnnxModel, first: str) -> Found:
    return "BatchNormalization", {"axis": 1}


def _merge(name: str) -> Recogniser:
    def merge(each: OnnxNode, model: OnnxModel, first: str) -> Found:
        tensors = [model.ranks.get(given, 0) for given in each.inputs if given in model.made]
        same = len(tensors) == len(each.inputs) > 1 and len(set(tensors)) == 1 and tensors[0] > 0
        return (name, {}) if same else None

    return merge


def _concat(each: OnnxNode, model: OnnxModel, first: str) -> Found:
    whole = len(each.inputs) > 1 and all(name in model.made for name in each.inputs)
    return ("Concatenate", {"axis": each.attributes.get("axis", 0)}) if whole else None


Recogniser: TypeAlias = Callable[[OnnxNode, OnnxModel, str], Found]
"""The class and the arguments of the layer that an operator is; the tensor that it takes first comes last."""

LAYERS: Final[Mapping[str, Recogniser]] = {
    "Conv": _convolution,
    "MaxPool": _pooling("MaxPooling"),
    "AveragePool": _pooling("AveragePooling"),
    "GlobalMaxPool": _global("GlobalMaxPooling"),
    "GlobalAveragePool": _global("GlobalAveragePooling"),
    "Gemm": _gemm,
    "MatMul": _matmul,
    "Relu": _activation("relu"),
    "Sigmoid": _activation("sigmoid"),
    "Tanh": _activation("tanh"),
    "Elu": _activation("elu"),
    "Softplus": _activation("softplus"),
    "LeakyRelu": _activation("leaky_relu"),
    "Softmax": _softmax,
    "Flatten": _flatten,
    "Transpose": _transpose,
    "Reshape": _reshape,
    "BatchNormalization": _normalization,
    "Add": _merge("Add"),
    "Mul": _merge("Multiply"),
    "Concat": _concat,
}
KINDS: Final[Mapping[str, type]] = {
    **dict.fromkeys(("axis", "ceil_mode", "group", "layout", "transA", "transB"), int),
    **dict.fromkeys(("axes", "dilations", "kernel_shape", "output_padding", "output_shape"), list),
    **dict.fromkeys(("pads", "perm", "strides"), list),
    **dict.fromkeys(("auto_pad", "direction"), str),
}
"""What the attributes hold that layers are told from."""
PASSED: Final = frozenset(["Identity", "Cast", "Dropout"])
ARITHMETIC: Final = frozenset(["Add", "Sub", "Mul", "Div"])


# Messages --------------------------------------------------------------------


def _bytes(file: BoundedFile, start: int, size: int) -> bytes:
    file.seek(start)
    data = file.read(size)
    if len(data) < size:
        raise UnreadableError(f"its {NAME} is truncated")
    return data


def _fields(file: BoundedFile, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the length-delimited fields of a message where it lies: number, start and size of each."""
    while start < end:
        file.seek(start)
        head = memoryview(file.read(min(20, end - start)))
        tag, at = varint(head, 0, NAME)
        kind = tag & 7
        if kind == 2:
            size, at = varint(head, at, NAME)
            if size > end - start - at:
                raise UnreadableError(f"its {NAME} is truncated")
            yield tag >> 3, start + at, size
            start += at + size
        elif kind == 0:
            start += varint(head, at, NAME)[1]
        elif kind in (1, 5):
            start += at + (8 if kind == 1 else 4)
        else:
            raise UnreadableError(f"its {NAME} is not a protocol buffer message")


def _spans(file: BoundedFile, start: int, end: int, wanted: int) -> Iterator[tuple[int, int]]:
    return ((at, size) for number, at, size in _fields(file, start, end) if number == wanted)


def _constant(file: BoundedFile, start: int, length: int) -> tuple[str, Constant]:
    """Return the name and the shape of weights, which are passed over."""
    if length <= MAX_MESSAGE:
        return _small_constant(_bytes(file, start, length))
    name, kept = "", b""
    for number, at, size in _fields(file, start, start + length):
        if number == 8 and size <= MAX_MESSAGE:
            name = _text(_bytes(file, at, size))
        elif number == 1 and size <= MAX_MESSAGE:
            kept = _bytes(file, at, size)
    return name, Constant(tuple(packed(memoryview(kept), NAME)) or _unpacked(file, start))


def _unpacked(file: BoundedFile, start: int) -> tuple[int, ...]:
    """Return the sizes at the beginning of a tensor, one field each."""
    head = memoryview(_bytes(file, start, 2 * 11 * MAX_RANK))
    sizes: list[int] = []
    at = 0
    while len(sizes) < MAX_RANK and head[at] == 0x08:
        size, at = varint(head, at + 1, NAME)
        sizes.append(size)
    return tuple(sizes)


def _small_constant(data: bytes) -> tuple[str, Constant]:
    name, raw, kind = "", b"", 0
    sizes: list[int] = []
    whole: list[int] = []
    for number, value in values(memoryview(data), NAME):
        if number == 1:
            sizes += [signed(value)] if isinstance(value, int) else packed(value, NAME)
        elif number == 2 and isinstance(value, int):
            kind = value
        elif number == 7:
            whole += [signed(value)] if isinstance(value, int) else packed(value, NAME)
        elif number == 8 and not isinstance(value, int):
            name = _text(bytes(value))
        elif number == 9 and not isinstance(value, int) and len(value) <= 8 * MAX_RANK:
            raw = bytes(value)
    numbers = None
    if kind == INT64 and len(sizes) <= 1 and prod(sizes) <= MAX_RANK:
        numbers = tuple(whole) or tuple(
            int.from_bytes(raw[at : at + 8], "little", signed=True) for at in range(0, len(raw), 8)
        )
    return name, Constant(tuple(sizes), numbers or None)


INT64: Final = 7


def _text(data: bytes | memoryview) -> str:
    return bytes(data).decode(errors="replace")


def _stated(data: bytes) -> tuple[str, Sizes | None]:
    """Return the name of a tensor and its shape, where the file says one."""
    name, sizes = "", None
    for number, value in values(memoryview(data), NAME):
        if number == 1 and not isinstance(value, int):
            name = _text(value)
        elif number == 2 and not isinstance(value, int):
            sizes = _tensor_type(value)
    return name, sizes


def _tensor_type(message: memoryview) -> Sizes | None:
    for number, tensor in values(message, NAME):
        for inner, shape in values(tensor, NAME) if number == 1 and not isinstance(tensor, int) else ():
            if inner == 2 and not isinstance(shape, int):
                return tuple(_dimension(held) for at, held in values(shape, NAME) if at == 1)
    return None


def _dimension(message: int | memoryview) -> int | None:
    found = values(message, NAME) if not isinstance(message, int) else ()
    sizes = [signed(value) for number, value in found if number == 1 and isinstance(value, int)]
    return sizes[0] if sizes and sizes[0] > 0 else None


def _operator(data: bytes) -> OnnxNode:
    texts: dict[int, list[str]] = {1: [], 2: [], 3: [], 4: []}
    attributes: dict[str, Any] = {}
    for number, value in values(memoryview(data), NAME):
        if number in texts and not isinstance(value, int):
            texts[number].append(_text(value))
        elif number == 5 and not isinstance(value, int):
            name, held = _attribute(value)
            attributes |= {} if held is None else {name: held}
    name, op = "".join(texts[3]), "".join(texts[4])
    return OnnxNode(op, name, tuple(texts[1]), tuple(texts[2]), attributes)


def _attribute(message: memoryview) -> tuple[str, Any]:
    name = ""
    numbers: list[int] = []
    found: Any = None
    for number, value in values(message, NAME):
        if number == 1 and not isinstance(value, int):
            name = _text(value)
        elif number == 3 and isinstance(value, int):
            found = signed(value)
        elif number == 4 and not isinstance(value, int):
            found = _text(value)
        elif number == 5 and not isinstance(value, int):
            found = _small_constant(bytes(value))[1]
        elif number == 8:
            numbers += [signed(value)] if isinstance(value, int) else packed(value, NAME)
    return name, numbers or found
