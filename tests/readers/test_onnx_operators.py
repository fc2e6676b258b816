"""Recurrent operators and transposed convolutions of ONNX: the shapes that ONNX Runtime computes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper, shape_inference

from layoutlint.engine.judge import judge
from layoutlint.model.graph import flatten
from layoutlint.readers.formats import read_model
from layoutlint.run.configuration import Configuration
from layoutlint.run.rule_choice import chosen_rules


def weights(name: str, *sizes: int) -> Any:
    return numpy_helper.from_array(np.zeros(sizes, "float32"), name)


def model_of(nodes: list[Any], shape: tuple[Any, ...], outputs: list[str], constants: list[Any]) -> Any:
    """A model that states no shape but that of its input."""
    given = [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)]
    returned = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
    graph = helper.make_graph(nodes, "net", given, returned, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def computed(path: Path, shape: tuple[int, ...]) -> list[tuple[int, ...]] | None:
    """The shapes of what ONNX Runtime computes; None for a model that it refuses."""
    runtime = pytest.importorskip("onnxruntime")
    runtime.set_default_logger_severity(4)
    try:
        session = runtime.InferenceSession(str(path))
        return [array.shape for array in session.run(None, {"x": np.zeros(shape, "float32")})]
    except Exception:
        return None


def check(path: Path, given: tuple[int, ...]) -> int:
    """How many results are wholly known; none is another than ONNX Runtime's."""
    truth = computed(path, given)
    graph = read_model(path)
    if truth is None:
        return 0
    found = [tensor.shape for tensor in flatten(graph.models[-1].outputs)]
    known = 0
    for shape, expected in zip(found, truth, strict=True):
        if shape is None:
            continue
        assert shape.rank == len(expected)
        sizes = [size for size in shape.sizes if isinstance(size, int)]
        assert all(not isinstance(a, int) or a == b for a, b in zip(shape.sizes, expected, strict=True))
        known += len(sizes) >= shape.rank - 2
    assert judge(graph, chosen_rules(Configuration())) == []
    return known


GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
DIRECTIONS = {"forward": 1, "reverse": 1, "bidirectional": 2}


def recurrent(draw: random.Random, op: str, direction: str, layout: int) -> tuple[Any, tuple[int, ...]]:
    count, units, width = DIRECTIONS[direction], draw.randint(2, 9), draw.randint(2, 9)
    batch, steps = draw.randint(2, 4), draw.randint(11, 20)
    constants = [
        weights("w", count, GATES[op] * units, width),
        weights("r", count, GATES[op] * units, units),
        weights("b", count, 2 * GATES[op] * units),
    ]
    names = ["x", "w", "r", *(["b"] if draw.random() < 0.7 else [])]
    outputs = ["y", "h", "c"][: 3 if op == "LSTM" else 2]
    attributes: dict[str, Any] = {"hidden_size": units}
    attributes |= {"direction": direction} if direction != "forward" or draw.random() < 0.5 else {}
    # ONNX Runtime has only layout 0
    attributes |= {"layout": layout} if layout else {}
    node = helper.make_node(op, names, outputs, "cell", **attributes)
    given = (batch, steps, width) if layout else (steps, batch, width)
    free = ("n", steps, width) if layout else (steps, "n", width)
    return model_of([node], free, outputs, constants[: len(names) - 1]), given


@pytest.mark.parametrize("op", GATES)
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("seed", range(4))
def test_recurrent_operators(tmp_path, op, direction, seed):
    model, given = recurrent(random.Random(f"{op}{direction}{seed}"), op, direction, 0)
    onnx.save(model, tmp_path / "m.onnx")
    assert check(tmp_path / "m.onnx", given) == len(model.graph.output)
    classes = [layer.class_name for layer in read_model(tmp_path / "m.onnx").layers]
    assert "Bidirectional" in classes or {"LSTM", "GRU", "SimpleRNN"}.intersection(classes)


@pytest.mark.parametrize("op", GATES)
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_the_batch_first(tmp_path, op, direction):
    # what ONNX itself infers, for the runtime does not have it
    model, _ = recurrent(random.Random(op), op, direction, 1)
    onnx.save(model, tmp_path / "m.onnx")
    inferred = shape_inference.infer_shapes(model).graph.output
    truth = [[size.dim_value or None for size in each.type.tensor_type.shape.dim] for each in inferred]
    found = [tensor.shape.sizes for tensor in flatten(read_model(tmp_path / "m.onnx").models[-1].outputs)]
    # the batch is the first axis there; onnx infers the sequence alone in this layout
    for shape, expected in zip(found, truth, strict=True):
        assert len(shape) == len(expected)
    assert list(found[0][1:]) == truth[0][1:]
    assert found[1][1:] == (DIRECTIONS[direction], truth[0][-1])


def exported_from_torch(units: int, *, steps: int = 15, bidirectional: bool = False) -> Any:
    """What PyTorch writes for a recurrent layer with the batch first, and a linear layer of the last step."""
    count = 2 if bidirectional else 1
    numbers = {"axis": [1], "last": [-1], "flat": [0, 0, -1]}
    constants = [
        weights("w", count, 4 * units, 6),
        weights("r", count, 4 * units, units),
        weights("d", 3, count * units),
        weights("e", 3),
        *(numpy_helper.from_array(np.array(value, "int64"), name) for name, value in numbers.items()),
    ]
    direction = "bidirectional" if bidirectional else "forward"
    nodes = [
        helper.make_node("Transpose", ["x"], ["t"], perm=[1, 0, 2]),
        helper.make_node("LSTM", ["t", "w", "r"], ["y", "h", "c"], hidden_size=units, direction=direction),
    ]
    if bidirectional:
        nodes += [
            helper.make_node("Transpose", ["y"], ["z"], perm=[0, 2, 1, 3]),
            helper.make_node("Reshape", ["z", "flat"], ["s"]),
        ]
    else:
        nodes.append(helper.make_node("Squeeze", ["y", "axis"], ["s"]))
    nodes += [
        helper.make_node("Transpose", ["s"], ["u"], perm=[1, 0, 2]),
        helper.make_node("Gather", ["u", "last"], ["v"], axis=1),
        helper.make_node("Squeeze", ["v", "axis"], ["k"]),
        helper.make_node("Gemm", ["k", "d", "e"], ["out"], transB=1),
    ]
    return model_of(nodes, ("n", steps, 6), ["u", "out"], constants)


@pytest.mark.parametrize("bidirectional", [False, True])
def test_as_pytorch_writes_it(tmp_path, bidirectional):
    onnx.save(exported_from_torch(5, bidirectional=bidirectional), tmp_path / "m.onnx")
    assert check(tmp_path / "m.onnx", (4, 15, 6)) >= (1 if bidirectional else 2) - 1


def transposed(draw: random.Random) -> tuple[Any, tuple[int, ...]]:
    rank = draw.choice([1, 2, 2, 3])
    kernel = [draw.randint(1, 5) for _ in range(rank)]
    strides = [draw.randint(1, 3) for _ in range(rank)]
    group = draw.choice([1, 1, 1, 2])
    attributes: dict[str, Any] = {"strides": strides, "group": group}
    way = draw.choice(["pads", "pads", "same", "valid", "shape", "none", "halved"])
    spatial = [draw.randint(6, 12) for _ in range(rank)]
    if way == "pads":
        attributes["pads"] = [draw.randint(0, 2) for _ in range(2 * rank)]
    elif way == "halved":
        # the usual one: twice as large, say
        pads = [max(size - stride, 0) // 2 for size, stride in zip(kernel, strides, strict=True)]
        attributes["pads"] = [*pads, *pads]
    elif way == "same":
        attributes["auto_pad"] = draw.choice(["SAME_UPPER", "SAME_LOWER"])
    elif way == "valid":
        attributes["auto_pad"] = "VALID"
    elif way == "shape":
        attributes["output_shape"] = [
            (size - 1) * stride + wide for size, stride, wide in zip(spatial, strides, kernel, strict=True)
        ]
    if way in ("pads", "none", "halved") and draw.random() < 0.5:
        attributes["output_padding"] = [draw.randint(0, stride - 1) for stride in strides]
    if draw.random() < 0.2:
        attributes["dilations"] = [draw.randint(1, 2) for _ in range(rank)]
    names = ["x", "w", *(["b"] if draw.random() < 0.5 else [])]
    constants = [weights("w", 4, 3, *kernel), weights("b", 3 * group)][: len(names) - 1]
    node = helper.make_node("ConvTranspose", names, ["y"], "up", **attributes)
    return model_of([node], ("n", 4, *spatial), ["y"], constants), (2, 4, *spatial)


@pytest.mark.parametrize("part", range(10))
def test_transposed_convolutions(tmp_path, part):
    draw, known, taken = random.Random(part), 0, 0
    for number in range(30):
        model, given = transposed(draw)
        path = tmp_path / f"{number}.onnx"
        onnx.save(model, path)
        taken += computed(path, given) is not None
        known += check(path, given)
    assert known > taken / 3


USUAL = [
    ({"strides": [2, 2], "pads": [1, 1, 1, 1]}, (4, 4), "same"),
    ({"strides": [2, 2], "pads": [1, 1, 1, 1], "output_padding": [1, 1]}, (3, 3), "same"),
    ({"strides": [2, 2]}, (2, 2), "same"),
    ({"strides": [2, 2]}, (3, 3), "valid"),
    ({"strides": [2, 2], "auto_pad": "SAME_UPPER"}, (5, 3), "same"),
]


@pytest.mark.parametrize(("attributes", "kernel", "padding"), USUAL)
def test_the_usual_ones_are_one_layer(tmp_path, attributes, kernel, padding):
    node = helper.make_node("ConvTranspose", ["x", "w"], ["y"], "up", **attributes)
    onnx.save(model_of([node], ("n", 4, 9, 7), ["y"], [weights("w", 4, 8, *kernel)]), tmp_path / "m.onnx")
    (layer,) = (each for each in read_model(tmp_path / "m.onnx").layers if each.kind == "layer")
    assert (layer.class_name, layer.config["padding"]) == ("Conv2DTranspose", padding)
    assert check(tmp_path / "m.onnx", (2, 4, 9, 7)) == 1
