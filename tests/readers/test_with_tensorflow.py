"""Graphs that do not state their shapes: what TensorFlow infers in its process, and what it is kept from."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from google.protobuf import json_format
from tensorflow.core.protobuf.saved_model_pb2 import SavedModel
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

import layoutlint
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import tensorflow_shapes
from layoutlint.readers.aids import Aids
from layoutlint.readers.formats import BY_KIND, read_as, read_model
from layoutlint.readers.sniff import sniff
from layoutlint.run.configuration import ConfigurationError
from layoutlint.system.hard_limits import HardLimits
from tests.oracle.models import read_shapes

INFER = tensorflow_shapes.infer(HardLimits(120))


def with_tensorflow(path: Path) -> Graph:
    return read_as(BY_KIND[sniff(path)], str(path), Aids(infer=INFER))


def images() -> Any:
    layers = keras.layers
    inputs = keras.Input((32, 32, 3), name="image")
    x = layers.Conv2D(8, 3, strides=2)(inputs)
    x = keras.ops.image.resize(x, (20, 18))
    x = layers.SeparableConv2D(4, 3)(x)
    x = layers.Conv2DTranspose(6, 3, strides=2, padding="same")(x)
    x = layers.ZeroPadding2D((1, 2))(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(3)(x))


def sequences() -> Any:
    layers = keras.layers
    inputs = keras.Input((20, 4), name="signal")
    x = layers.Conv1D(8, 3, padding="causal", dilation_rate=2)(inputs)
    x = layers.MultiHeadAttention(2, 4)(x, x)
    x = layers.LayerNormalization()(x)
    x = layers.UpSampling1D(3)(x)
    x = layers.Permute((2, 1))(x)
    return keras.Model(inputs, layers.Flatten()(x))


def frozen(model: Any) -> Any:
    """The graph of a model with its weights, as it is written to a ``.pb`` file."""
    specification = tf.TensorSpec(model.input_shape, name="fed")
    function = tf.function(lambda fed: model(fed)).get_concrete_function(specification)
    return convert_variables_to_constants_v2(function).graph.as_graph_def()


def without_shapes(graph: Graph) -> int:
    return sum(tensor.shape is None for call in graph.calls for tensor in call.output_tensors)


@pytest.mark.parametrize("build", [images, sequences])
def test_the_shapes_of_a_frozen_graph_are_those_of_the_model(tmp_path, build):
    model = build()
    path = tmp_path / "frozen.pb"
    path.write_bytes(frozen(model).SerializeToString())
    alone = read_model(path)
    assert without_shapes(alone)
    assert any("--with-tensorflow" in note for note in alone.notes)
    graph = with_tensorflow(path)
    assert not without_shapes(graph)
    assert "TensorFlow has inferred the shapes" in graph.notes
    model.export(str(tmp_path / "m"), verbose=False)
    # a SavedModel states all shapes
    stated = read_model(tmp_path / "m")
    found, expected = read_shapes(graph), read_shapes(stated)
    common = found.keys() & expected.keys()
    assert len(common) > len(found) / 2
    assert all(agree(one, other) for path in common for (one, other) in pairs(found[path], expected[path]))
    assert tuple(model.output_shape) in shapes_of(graph)


def pairs(found: Any, expected: Any) -> Any:
    """The shapes of an operation in two files, which may be given in lists."""
    if isinstance(found, list):
        return [pair for one, other in zip(found, expected, strict=True) for pair in pairs(one, other)]
    return [(found, expected)]


def agree(found: Any, expected: Any) -> bool:
    """Whether no known size is another one."""
    sizes = zip(found, expected, strict=True)
    return all(a == b or not isinstance(a, int) or not isinstance(b, int) for a, b in sizes)


def shapes_of(graph: Graph) -> list[Any]:
    return [
        tensor.shape.sizes
        for call in graph.calls
        for tensor in call.output_tensors
        if tensor.shape is not None
    ]


def test_check_and_its_report(tmp_path):
    path = tmp_path / "frozen.pb"
    path.write_bytes(frozen(images()).SerializeToString())
    (found,) = layoutlint.check(path, with_tensorflow=True, no_config=True).inputs
    assert (found.layers, found.known) == (8, 8)
    (alone,) = layoutlint.check(path, no_config=True).inputs
    assert (alone.layers, alone.known) == (8, 1)


def graph_model(model: Any, folder: Path, *, shards: bool) -> Path:
    """A graph model as the converter of TensorFlow.js writes it: the contents of constants lie in a shard."""
    graph = frozen(model)
    weights, content = [], b""
    for node in graph.node:
        if node.op == "Const":
            value = tf.make_ndarray(node.attr["value"].tensor)
            kind = {np.float32: "float32", np.int32: "int32"}[value.dtype.type]
            weights.append({"name": node.name, "shape": list(value.shape), "dtype": kind})
            content += value.tobytes()
            tensor = node.attr["value"].tensor
            shape = [axis.size for axis in tensor.tensor_shape.dim]
            tensor.Clear()
            tensor.dtype = tf.as_dtype(value.dtype).as_datatype_enum
            for size in shape:
                tensor.tensor_shape.dim.add().size = size
    document = {
        "format": "graph-model",
        "modelTopology": json_format.MessageToDict(graph),
        "weightsManifest": [{"paths": ["group1-shard1of1.bin"], "weights": weights}],
    }
    path = folder / "model.json"
    path.write_text(json.dumps(document))
    if shards:
        (folder / "group1-shard1of1.bin").write_bytes(content)
    return path


def test_a_graph_model_of_tensorflow_js(tmp_path):
    model = images()
    path = graph_model(model, tmp_path, shards=True)
    with pytest.raises(NothingToReadError, match="--with-tensorflow"):
        read_model(path)
    graph = with_tensorflow(path)
    assert not without_shapes(graph)
    assert tuple(model.output_shape) in shapes_of(graph)


def test_a_constant_without_its_value_makes_no_shape(tmp_path):
    graph = with_tensorflow(graph_model(images(), tmp_path, shards=False))
    assert (None, 15, 15, 8) in shapes_of(graph)
    # the size of the resized image and the axes of the mean are in the shard
    assert (None, 20, 18, 8) not in shapes_of(graph)
    assert not [shape for shape in shapes_of(graph) if 0 in shape]


def test_a_saved_model_without_shapes(tmp_path):
    with tf.Graph().as_default():
        x = tf.compat.v1.placeholder(tf.float32, (None, 28, 28, 1), name="x")
        kernel = tf.compat.v1.get_variable("kernel", (3, 3, 1, 8))
        pooled = tf.nn.max_pool2d(tf.nn.conv2d(x, kernel, 1, "VALID", name="conv"), 2, 2, "SAME")
        y = tf.reshape(pooled, (-1, 13 * 13 * 8), name="y")
        with tf.compat.v1.Session() as session:
            session.run(tf.compat.v1.global_variables_initializer())
            tf.compat.v1.saved_model.simple_save(session, str(tmp_path / "m"), {"x": x}, {"y": y})
    whole = shapes_of(read_model(tmp_path / "m"))
    file = tmp_path / "m" / "saved_model.pb"
    saved = SavedModel.FromString(file.read_bytes())
    for node in saved.meta_graphs[0].graph_def.node:
        node.attr.pop("_output_shapes", None)
    file.write_bytes(saved.SerializeToString())
    assert without_shapes(read_model(tmp_path / "m"))
    assert shapes_of(with_tensorflow(tmp_path / "m")) == whole


def graph_of(build: Any) -> bytes:
    with tf.Graph().as_default() as graph:
        build(tf.compat.v1.placeholder(tf.float32, (None, 4), name="x"))
    return graph.as_graph_def().SerializeToString()


REFUSED = [
    (lambda x: tf.io.read_file("/etc/hostname"), "ReadFile"),
    (lambda x: tf.io.matching_files("/*"), "MatchingFiles"),
    (lambda x: tf.numpy_function(lambda y: y, [x], tf.float32), "PyFunc"),
]


@pytest.mark.parametrize(("build", "operation"), REFUSED)
def test_what_reaches_outside_is_refused(build, operation):
    with pytest.raises(UnreadableError, match=f"the operation {operation}"):
        INFER(graph_of(build))


def test_an_operation_that_tensorflow_does_not_know_is_one_line(tmp_path):
    graph = tf.compat.v1.GraphDef.FromString(graph_of(lambda x: tf.nn.relu(tf.tile(x, (2, 3)))))
    next(node for node in graph.node if node.op == "Relu").op = "ReluOfMine"
    path = tmp_path / "odd.pb"
    path.write_bytes(graph.SerializeToString())
    found = with_tensorflow(path)
    (note,) = (note for note in found.notes if "TensorFlow infers no shapes" in note)
    assert "ReluOfMine" in note
    assert "\n" not in note
    # another TensorFlow may know it
    assert not found.reads.settled


def test_a_graph_that_takes_too_long_or_too_much_is_one_line():
    large = graph_of(lambda x: tf.reshape(x, tf.reduce_sum(tf.fill((4, 10**10), 1), axis=1)))
    assert INFER(large).startswith(b"\x0a")
    with pytest.raises(UnreadableError, match=r"it takes too long|no result after"):
        tensorflow_shapes.infer(HardLimits(0.001))(large)


def test_one_process_answers_for_all_and_another_after_a_failure(monkeypatch):
    graph, short = graph_of(tf.nn.relu), tensorflow_shapes.infer(HardLimits(0.001))
    INFER(graph)
    start, started = subprocess.Popen, []
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(a) or start(*a, **k))
    INFER(graph_of(tf.nn.softmax))
    with pytest.raises(UnreadableError, match="ReadFile"):
        INFER(graph_of(lambda x: tf.io.read_file("/etc/hostname")))
    assert INFER(graph).startswith(b"\x0a")
    assert not started
    for _ in range(2):
        with pytest.raises(UnreadableError, match=r"it takes too long|no result after"):
            short(graph)
    assert len(started) == 2


def test_no_file_of_a_folder_has_a_say(tmp_path, monkeypatch):
    for name in ("tensorflow", "json", "layoutlint", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert INFER(graph_of(tf.nn.relu)).startswith(b"\x0a")


def test_a_configuration_cannot_ask_for_it(tmp_path):
    (tmp_path / "layoutlint.toml").write_text("with-tensorflow = true\n")
    with pytest.raises(ConfigurationError, match="unknown key 'with-tensorflow'"):
        layoutlint.check(tmp_path)


ENCLOSED = """
import os, pathlib, socket, subprocess
from layoutlint.system.tensorflow_child import enclose
tensorflow = enclose()
def refused(act):
    try:
        act()
    except (OSError, tensorflow.errors.OpError):
        print("refused")
    else:
        print("done")
refused(lambda: socket.create_connection(("127.0.0.1", {port})))
refused(lambda: subprocess.run(["true"]))
refused(lambda: pathlib.Path({file!r}).write_text("x"))
refused(lambda: os.open({file!r}, os.O_CREAT | os.O_WRONLY))
"""


def test_the_process_is_kept_from_the_network_and_from_files(tmp_path):
    code = ENCLOSED.format(port=9, file=str(tmp_path / "written"))
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert child.stdout.split() == ["refused"] * 4
    assert not [*tmp_path.iterdir()]
