"""Models converted for other runtimes, in files next to the program: what their inputs are given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

import layoutlint

IMAGES = ("N", 3, 32, 24)

FED = [
    # the input of the file, the array, whether it is taken
    (IMAGES, (4, 3, 32, 24), True),
    (IMAGES, (4, 32, 24, 3), False),
    (IMAGES, (3, 32, 24), False),
    (IMAGES, (4, 3, 24, 32), False),
    ((1, 3, 32, 24), (4, 3, 32, 24), False),
    ((1, 3, 32, 24), (1, 3, 32, 24), True),
    (("N", "C", "H", "W"), (4, 32, 24, 3), True),
    (("N", "C", "H", "W"), (32, 24, 3), False),
    (("N", 32, 24, 3), (4, 3, 32, 24), False),
    (("N", 8000, 1), (2, 1, 8000), False),
    ((None, 12), (12,), False),
    ((None, 12), (1, 12), True),
    ((), (), True),
]


def write(path: Path, *inputs: tuple[str, tuple[Any, ...]]) -> None:
    """An ONNX model that returns its inputs."""
    nodes = [helper.make_node("Relu", [name], [f"{name}_out"]) for name, _ in inputs]
    given = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in inputs]
    made = [helper.make_tensor_value_info(f"{name}_out", TensorProto.FLOAT, shape) for name, shape in inputs]
    graph = helper.make_graph(nodes, "net", given, made)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, path)


PROGRAM = """
import numpy as np
import keras
import onnxruntime as ort

session = ort.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
{feed}
"""


def found(folder: Path, feed: str) -> list[Any]:
    program = folder / "serve.py"
    program.write_text(PROGRAM.format(feed=feed))
    return [
        each for each in layoutlint.check(program, no_config=True).findings if each.rule == "session-input"
    ]


def really_taken(folder: Path, feed: dict[str, Any]) -> bool:
    runtime = pytest.importorskip("onnxruntime")
    try:
        runtime.InferenceSession(str(folder / "model.onnx")).run(None, feed)
    except Exception:
        return False
    return True


@pytest.mark.parametrize(("declared", "given", "taken"), FED)
def test_a_file_and_an_array(tmp_path, declared, given, taken):
    write(tmp_path / "model.onnx", ("x", declared))
    array = f"np.zeros({given}, 'float32')"
    by_name = found(tmp_path, f"session.run(None, {{'x': {array}}})")
    assert bool(by_name) is not taken
    by_position = found(tmp_path, f"session.run(None, {{session.get_inputs()[0].name: {array}}})")
    assert [each.message for each in by_position] == [each.message for each in by_name]
    assert really_taken(tmp_path, {"x": np.zeros(given, "float32")}) is taken


TIPS = [
    ((4, 32, 24, 3), "move the channels: np.transpose(x, (0, 3, 1, 2))"),
    ((3, 32, 24), "add the batch axis: x[None, ...]"),
    ((4, 3, 24, 32), "pass an array of this shape; None stands for any size"),
]


@pytest.mark.parametrize(("given", "tip"), TIPS)
def test_what_to_do(tmp_path, given, tip):
    write(tmp_path / "model.onnx", ("x", IMAGES))
    (finding,) = found(tmp_path, f"session.run(None, {{'x': np.zeros({given})}})")
    assert finding.tip == tip
    assert finding.message == (
        f"session.run gets {given}, but the input of the ONNX model is (None, 3, 32, 24)"
    )


NAMES = [
    ("{'x': a, 'y': b}", True),
    ("{'input': a, 'y': b}", False),
    ("{'x': b, 'y': a}", False),
    ("dict(x=a, y=b)", True),
    ("{inputs[0].name: a, inputs[1].name: b}", True),
    ("{inputs[1].name: a, inputs[0].name: b}", False),
    ("{each.name: array for each, array in zip(inputs, (a, b))}", True),
    ("{each.name: array for each, array in zip(inputs, (b, a))}", False),
]


@pytest.mark.parametrize(("feed", "taken"), NAMES)
def test_names(tmp_path, feed, taken):
    write(tmp_path / "model.onnx", ("x", ("N", 8)), ("y", ("N", 5)))
    arrays = "a, b = np.zeros((2, 8), 'float32'), np.zeros((2, 5), 'float32')\ninputs = session.get_inputs()"
    assert bool(found(tmp_path, f"{arrays}\nsession.run(None, {feed})")) is not taken
    runtime = pytest.importorskip("onnxruntime")
    known: dict[str, Any] = {"np": np, "session": runtime.InferenceSession(str(tmp_path / "model.onnx"))}
    exec(arrays, known)
    assert really_taken(tmp_path, eval(feed, known)) is taken


UNKNOWN = [
    "session.run(None, {name: np.zeros((4, 32, 24, 3))})",
    "session.run(None, feed)",
    "session.run(None, {**feed, 'x': read()})",
    "session = ort.InferenceSession(path)\nsession.run(None, {'x': np.zeros((4, 32, 24, 3))})",
    "session = ort.InferenceSession('../model.onnx')\nsession.run(None, {'x': np.zeros((4, 32, 24, 3))})",
]


@pytest.mark.parametrize("feed", UNKNOWN)
def test_what_is_not_known_is_no_mistake(tmp_path, feed):
    write(tmp_path / "model.onnx", ("x", IMAGES))
    assert found(tmp_path, feed) == []


CONVERTED = [
    """
proto, _ = tf2onnx.convert.from_keras(model, input_signature=spec, opset=13)
session = ort.InferenceSession(proto.SerializeToString())
""",
    """
tf2onnx.convert.from_function(tf.function(model), input_signature=spec, output_path="converted.onnx")
session = ort.InferenceSession("converted.onnx")
""",
    """
proto, _ = tf2onnx.convert.from_keras(model, spec)
onnx.save(proto, "converted.onnx")
session = ort.InferenceSession("converted.onnx")
""",
]


@pytest.mark.parametrize("converted", CONVERTED)
def test_a_signature_says_the_sizes(tmp_path, converted):
    feed = f"""
import onnx, tf2onnx
import tensorflow as tf
model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(8, 3)])
spec = (tf.TensorSpec((None, 64, 48, 3), tf.float32, name="image"),)
{converted}
session.run(None, {{session.get_inputs()[0].name: np.zeros((1, 48, 64, 3), "float32")}})
"""
    (finding,) = found(tmp_path, feed)
    assert "(None, 64, 48, 3)" in finding.message


LITE = """
import numpy as np
import tensorflow as tf

interpreter = tf.lite.Interpreter(model_path="model.tflite")
interpreter.allocate_tensors()
index = interpreter.get_input_details()[0]["index"]
interpreter.set_tensor(index, np.zeros({given}, "float32"))
"""


@pytest.mark.parametrize(
    ("given", "taken"), [((1, 20, 12, 3), True), ((20, 12, 3), False), ((1, 3, 20, 12), False)]
)
def test_a_file_of_tensorflow_lite(tmp_path, given, taken):
    import keras
    import tensorflow as tf

    model = keras.Sequential([keras.Input((20, 12, 3)), keras.layers.Flatten(), keras.layers.Dense(2)])
    (tmp_path / "model.tflite").write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())
    program = tmp_path / "serve.py"
    program.write_text(LITE.format(given=given))
    rules = [each.rule for each in layoutlint.check(program, no_config=True).findings]
    assert rules == ([] if taken else ["interpreter-input"])
    interpreter = tf.lite.Interpreter(model_path=str(tmp_path / "model.tflite"))
    interpreter.allocate_tensors()
    try:
        interpreter.set_tensor(0, np.zeros(given, "float32"))
    except ValueError:
        assert not taken
    else:
        assert taken
