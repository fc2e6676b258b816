"""ONNX models: shapes as ONNX itself infers them, from files that state none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper, shape_inference

from layoutlint.engine.judge import judge
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers.formats import read_model
from layoutlint.run.configuration import Configuration
from layoutlint.run.rule_choice import chosen_rules


def weights(name: str, *sizes: int) -> Any:
    return numpy_helper.from_array(np.zeros(sizes, "float32"), name)


def numbers(name: str, *given: int) -> Any:
    return numpy_helper.from_array(np.array(given, "int64"), name)


def node(op: str, *inputs: str, **attributes: Any) -> Any:
    return helper.make_node(op, list(inputs), [f"{op}_{'_'.join(inputs)}"[:60]], **attributes)


def chain(shape: tuple[Any, ...], *parts: Any) -> Any:
    """A model of operators that each take the result of the one before; constants stand among them."""
    nodes: list[Any] = []
    held: list[Any] = []
    last = "x"
    for number, (op, constants, attributes) in enumerate(parts):
        held += constants
        made = f"t{number}"
        names = [constant.name for constant in constants]
        nodes.append(helper.make_node(op, [last, *names], [made], f"{op.lower()}{number}", **attributes))
        last = made
    given = [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)]
    returned = [helper.make_empty_tensor_value_info(last)]
    return helper.make_model(helper.make_graph(nodes, "net", given, returned, held))


def op(name: str, *constants: Any, **attributes: Any) -> Any:
    return name, list(constants), attributes


IMAGE = ("N", 3, 32, 48)
MODELS = {
    "a small network": chain(
        IMAGE,
        op("Conv", weights("k", 8, 3, 3, 3), weights("b", 8), pads=[1, 1, 1, 1], strides=[2, 2]),
        op("BatchNormalization", *(weights(name, 8) for name in "pqrs")),
        op("Relu"),
        op("MaxPool", kernel_shape=[2, 2], strides=[2, 2]),
        op("GlobalAveragePool"),
        op("Flatten"),
        op("Gemm", weights("d", 10, 8), weights("e", 10), transB=1),
        op("Softmax"),
    ),
    "kernels of all kinds": chain(
        IMAGE,
        op("Conv", weights("a", 6, 1, 5, 3), group=3),
        op("Conv", weights("b", 6, 6, 3, 3), auto_pad="SAME_UPPER", strides=[3, 2]),
        op("Conv", weights("c", 4, 6, 2, 3), pads=[2, 2, 2, 2], dilations=[4, 2]),
        op("AveragePool", kernel_shape=[2, 3], strides=[1, 2]),
    ),
    "a padding without a name": chain(
        IMAGE, op("Conv", weights("a", 6, 3, 3, 3), pads=[0, 0, 1, 1]), op("Relu")
    ),
    "a signal": chain(
        (None, 40, 2),
        op("Transpose", perm=[0, 2, 1]),
        op("Conv", weights("a", 6, 2, 3), pads=[1, 1]),
        op("MaxPool", kernel_shape=[4], strides=[4]),
        op("Transpose", perm=[0, 2, 1]),
        op("Flatten"),
        op("MatMul", weights("d", 60, 7)),
        op("Add", weights("e", 7)),
        op("Tanh"),
    ),
    "volumes": chain(
        ("N", 1, 8, 16, 16),
        op("Conv", weights("a", 4, 1, 3, 3, 3), strides=[1, 2, 2]),
        op("GlobalMaxPool"),
        op("Flatten"),
    ),
    "reshapes": chain(
        ("N", 12, 10),
        op("Reshape", numbers("a", 0, 3, -1)),
        op("Reshape", numbers("b", -1, 8, 5, 3)),
        op("Transpose", perm=[0, 3, 1, 2]),
        op("Mul", weights("c", 1, 3, 1, 1)),
    ),
}


def known(model: Any) -> dict[str, tuple[int | None, ...]]:
    """What ONNX infers of each result, by the name of the operator."""
    inferred = shape_inference.infer_shapes(model).graph
    shapes = {info.name: info.type.tensor_type for info in (*inferred.value_info, *inferred.output)}
    return {
        each.name: tuple(size.dim_value or None for size in shapes[each.output[0]].shape.dim)
        for each in inferred.node
        if each.output[0] in shapes and shapes[each.output[0]].HasField("shape")
    }


def compare(path: Path, model: Any) -> int:
    """How many shapes are known; none is another than ONNX's."""
    truth, count = known(model), 0
    for call in read_model(path).calls:
        name = call.layer.name
        if call.layer.kind == "input" or name not in truth or call.outputs.shape is None:
            continue
        for axis, size in zip(call.outputs.shape[1:], truth[name][1:], strict=True):
            assert not axis.is_known or size is None or axis.size == size, name
        count += call.outputs.shape.is_known
    return count


@pytest.mark.parametrize("name", MODELS)
def test_shapes(tmp_path: Path, name: str) -> None:
    path = tmp_path / "model.onnx"
    onnx.save(MODELS[name], path)
    count = compare(path, MODELS[name])
    passed = sum(each.op_type in ("Add", "Mul") for each in MODELS[name].graph.node)
    assert count == len(MODELS[name].graph.node) - passed


def test_large_weights_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    model = chain(("N", 4096), op("Gemm", weights("d", 4096, 4200)), op("Relu"))
    onnx.save(model, path)
    assert path.stat().st_size > 64 * 2**20
    assert compare(path, model) == 2


SWAPPED = chain(
    ("N", 1, 3000),
    op("Transpose", perm=[0, 2, 1]),
    op("Conv", weights("a", 8, 3000, 3), pads=[1, 1]),
    op("GlobalAveragePool"),
    op("Flatten"),
)
RIGHT = chain(("N", 1, 3000), op("Conv", weights("a", 8, 1, 3), pads=[1, 1]), op("GlobalAveragePool"))


@pytest.mark.parametrize(("model", "expected"), [(SWAPPED, {"conv-single-step"}), (RIGHT, set())])
def test_what_is_found(tmp_path: Path, model: Any, expected: set[str]) -> None:
    path = tmp_path / "model.onnx"
    onnx.save(model, path)
    assert {found.rule for found in judge(read_model(path), chosen_rules(Configuration()))} == expected


@pytest.mark.parametrize("name", MODELS)
def test_a_right_model_has_no_findings(tmp_path: Path, name: str) -> None:
    path = tmp_path / "model.onnx"
    onnx.save(MODELS[name], path)
    found = judge(read_model(path), chosen_rules(Configuration()))
    assert [finding.message for finding in found if finding.rule != "reshape-as-transpose"] == []


WITHOUT_A_LAYER = {
    "a crop": chain(IMAGE, op("Conv", weights("a", 8, 3, 3, 3), pads=[0, -4, 0, -4]), op("Relu")),
    "strides and dilation": chain(
        IMAGE, op("Conv", weights("a", 8, 3, 3, 3), strides=[2, 2], dilations=[2, 2]), op("GlobalAveragePool")
    ),
}


@pytest.mark.parametrize("name", WITHOUT_A_LAYER)
def test_what_no_layer_does_is_unknown_and_no_mistake(tmp_path: Path, name: str) -> None:
    path = tmp_path / "model.onnx"
    onnx.save(WITHOUT_A_LAYER[name], path)
    compare(path, WITHOUT_A_LAYER[name])
    assert judge(read_model(path), chosen_rules(Configuration())) == []


@pytest.mark.parametrize(
    "part",
    [
        op("Softmax", axis=[1]),
        op("Softmax", axis="x"),
        op("Conv", weights("a", 8, 3, 3, 3), strides=2),
        op("Conv", weights("a", 8, 3, 3, 3), pads=numbers("p", 1, 1)),
        op("MaxPool", kernel_shape="x"),
        op("MaxPool", kernel_shape=[2, 2], auto_pad=3),
        op("Transpose", perm=3),
    ],
)
def test_an_attribute_of_another_kind_makes_no_layer(tmp_path: Path, part: Any) -> None:
    path = tmp_path / "model.onnx"
    onnx.save(chain(IMAGE, part), path)
    (_, call) = read_model(path).calls
    assert (call.layer.class_name, call.outputs.shape) == (f"tf.{part[0]}", None)


def test_a_model_without_inputs(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    made = helper.make_node("Relu", ["w"], ["y"])
    returned = [helper.make_empty_tensor_value_info("y")]
    onnx.save(helper.make_model(helper.make_graph([made], "net", [], returned, [weights("w", 3)])), path)
    with pytest.raises((NothingToReadError, UnreadableError)):
        read_model(path)


CONVERT = """
import sys, keras, tf2onnx, tensorflow as tf
from keras import layers
inputs = keras.Input((32, 48, 3))
x = layers.Conv2D(8, 3, strides=2, padding="same", activation="relu")(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Flatten()(layers.Conv2D(4, 3)(x))
model = keras.Model(inputs, layers.Dense(5, activation="softmax")(x))
function = tf.function(lambda x: model(x))
spec = (tf.TensorSpec((None, 32, 48, 3), tf.float32, name="x"),)
tf2onnx.convert.from_function(function, input_signature=spec, output_path=sys.argv[1])
"""


def test_what_a_converter_makes_of_a_keras_model(tmp_path: Path) -> None:
    pytest.importorskip("tf2onnx")
    path = tmp_path / "model.onnx"
    subprocess.run([sys.executable, "-c", CONVERT, str(path)], check=True, capture_output=True)
    assert compare(path, onnx.load(path)) >= 5
    classes = [call.layer.class_name for call in read_model(path).calls]
    assert classes.count("Conv2D") == 2
    assert classes[:4] == ["InputLayer", "Permute", "ZeroPadding2D", "Conv2D"]
    assert judge(read_model(path), chosen_rules(Configuration())) == []
