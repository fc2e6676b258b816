"""Models exported without Keras's description: their layers, from the names of the operations."""

from __future__ import annotations

import contextlib
import io
import random
from typing import Any

import keras
import pytest
import tensorflow as tf
import tf_keras

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import catalogue
from layoutlint.model.graph import flatten
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import exported_graph, source
from layoutlint.readers.formats import read_model
from tests.oracle.models import read_shapes

SEQUENCE, IMAGE, VOLUME = (12, 6), (14, 12, 3), (8, 7, 6, 4)

LAYERS = [
    # class, arguments, input shape: one layer of which everything is told
    ("Activation", {"activation": "tanh"}, SEQUENCE),
    ("AveragePooling1D", {"pool_size": 3, "strides": 2}, SEQUENCE),
    ("AveragePooling2D", {"pool_size": (2, 3), "padding": "same"}, IMAGE),
    ("BatchNormalization", {}, SEQUENCE),
    ("BatchNormalization", {}, IMAGE),
    ("Conv1D", {"filters": 4, "kernel_size": 3, "strides": 2, "activation": "relu"}, SEQUENCE),
    ("Conv1D", {"filters": 4, "kernel_size": 1, "use_bias": False}, SEQUENCE),
    ("Conv2D", {"filters": 4, "kernel_size": (3, 2), "strides": 2, "padding": "same"}, IMAGE),
    ("Conv3D", {"filters": 4, "kernel_size": (3, 2, 1)}, VOLUME),
    ("Dense", {"units": 3, "activation": "softmax"}, (6,)),
    ("Dense", {"units": 3}, SEQUENCE),
    ("DepthwiseConv1D", {"kernel_size": 3, "depth_multiplier": 2}, SEQUENCE),
    ("DepthwiseConv2D", {"kernel_size": 3}, IMAGE),
    ("Flatten", {}, IMAGE),
    ("GlobalAveragePooling1D", {}, SEQUENCE),
    ("GlobalMaxPooling2D", {}, IMAGE),
    ("MaxPooling1D", {"pool_size": 2}, SEQUENCE),
    ("MaxPooling2D", {"pool_size": 3, "strides": 2}, IMAGE),
    ("MaxPooling3D", {}, VOLUME),
    ("Permute", {"dims": (2, 1)}, SEQUENCE),
    ("Rescaling", {"scale": 0.5, "offset": -1.0}, IMAGE),
    ("Reshape", {"target_shape": (9, 8)}, SEQUENCE),
    ("SeparableConv1D", {"filters": 5, "kernel_size": 3}, SEQUENCE),
    ("SeparableConv2D", {"filters": 5, "kernel_size": 3, "strides": 2}, IMAGE),
    ("Softmax", {"axis": 1}, SEQUENCE),
]

KERAS_3_ONLY = [
    ("GRU", {"units": 5, "return_sequences": True}, SEQUENCE),
    ("LSTM", {"units": 5}, SEQUENCE),
    ("LSTM", {"units": 5, "return_sequences": True, "go_backwards": True}, SEQUENCE),
    ("SimpleRNN", {"units": 5}, SEQUENCE),
]
"""Keras 2 puts what these compute into functions."""

OPERATIONS = [
    # the file's own shapes are all that is said
    ("Conv1D", {"filters": 4, "kernel_size": 3, "padding": "causal", "dilation_rate": 2}, SEQUENCE),
    ("Conv2DTranspose", {"filters": 4, "kernel_size": 3}, IMAGE),
    ("Cropping2D", {"cropping": ((1, 2), (0, 3))}, IMAGE),
    ("GRU", {"units": 5, "return_sequences": True}, SEQUENCE),
    ("LayerNormalization", {}, SEQUENCE),
    ("MaxPooling2D", {"data_format": "channels_first"}, IMAGE),
    ("RepeatVector", {"n": 4}, (6,)),
    ("Reshape", {"target_shape": (-1, 2)}, SEQUENCE),
    ("UpSampling1D", {"size": 3}, SEQUENCE),
    ("ZeroPadding1D", {"padding": (1, 2)}, SEQUENCE),
]


def exported(model: Any, folder: Any) -> Any:
    with contextlib.redirect_stdout(io.StringIO()):
        model.export(str(folder))
    return read_model(folder)


def of_one_layer(library: Any, name: str, arguments: dict[str, Any], shape: tuple[int, ...]) -> Any:
    inputs = library.Input(shape)
    return library.Model(inputs, getattr(library.layers, name)(**arguments)(inputs))


def cases(library: Any) -> list[Any]:
    return LAYERS + (KERAS_3_ONLY if library is keras else [])


@pytest.mark.parametrize(
    ("library", "name", "arguments", "shape"),
    [(library, *case) for library in (keras, tf_keras) for case in cases(library)],
)
def test_a_layer_is_told(tmp_path, library, name, arguments, shape):
    model = of_one_layer(library, name, arguments, shape)
    graph = exported(model, tmp_path / "m")
    assert [layer.class_name for layer in graph.layers if layer.kind == "layer"] == [name]
    expected = [[[tuple(model.output_shape)]]]
    assert list(read_shapes(graph).values()) == expected
    # what the arguments say is what the file states
    assert list(read_shapes(graph, trust_file=False).values()) == expected


NAMED = [
    ("BatchNormalization", {"axis": 1}, IMAGE, {"axis": 1}),
    ("BatchNormalization", {"axis": 1}, SEQUENCE, {"axis": 1}),
    ("Permute", {"dims": (3, 1, 2)}, (8, 8, 1), {"dims": [3, 1, 2]}),
    ("Rescaling", {"scale": 0.5, "offset": -1.0}, IMAGE, {"scale": 0.5, "offset": -1.0}),
    ("Softmax", {"axis": 2}, IMAGE, {"axis": 2}),
]


@pytest.mark.parametrize(("name", "arguments", "shape", "expected"), NAMED)
def test_what_the_graph_says_of_axes_and_factors(tmp_path, name, arguments, shape, expected):
    graph = exported(of_one_layer(keras, name, arguments, shape), tmp_path / "m")
    (layer,) = (each for each in graph.layers if each.kind == "layer")
    assert layer.class_name == name
    assert {key: layer.config[key] for key in expected} == expected


def test_axes_of_one_length_do_not_tell_along_which_a_softmax_runs(tmp_path):
    graph = exported(of_one_layer(keras, "Softmax", {"axis": 1}, (6, 6, 6)), tmp_path / "m")
    assert "Softmax" not in [layer.class_name for layer in graph.layers]


def test_a_mean_over_the_samples_is_no_global_pooling(tmp_path):
    inputs = keras.Input((9, 5))
    graph = exported(keras.Model(inputs, keras.ops.mean(inputs, axis=0)), tmp_path / "m")
    assert "GlobalAveragePooling1D" not in [layer.class_name for layer in graph.layers]


def scaled_twice():
    inputs = keras.Input((32, 32, 3))
    scaled = keras.layers.Rescaling(1 / 255)(keras.layers.Rescaling(1 / 255)(inputs))
    return keras.Model(inputs, keras.layers.Conv2D(4, 3)(scaled))


def normalized_along(axis):
    inputs = keras.Input((32, 40, 3))
    maps = keras.layers.Conv2D(4, 3)(inputs)
    return keras.Model(inputs, keras.layers.Conv2D(4, 3)(keras.layers.BatchNormalization(axis=axis)(maps)))


FAULTS = [
    (scaled_twice, {"rescaling-twice"}),
    (lambda: normalized_along(1), {"normalization-axis"}),
    (lambda: normalized_along(-1), set()),
]


@pytest.mark.parametrize(("build", "expected"), FAULTS)
def test_mistakes_that_an_exported_graph_shows(tmp_path, build, expected):
    graph = exported(build(), tmp_path / "m")
    assert {finding.rule for finding in judge(graph, catalogue().values())} == expected


@pytest.mark.parametrize("axis", [1, 2, -1])
def test_the_axis_of_a_concatenation_is_told_by_the_sizes(tmp_path, axis):
    inputs = keras.Input((8, 6, 3))
    joined = keras.layers.Concatenate(axis)(
        [keras.layers.ReLU()(inputs), keras.layers.Activation("tanh")(inputs)]
    )
    graph = exported(keras.Model(inputs, joined), tmp_path / "m")
    (found,) = (layer for layer in graph.layers if layer.class_name == "Concatenate")
    assert found.config["axis"] == axis % 4


@pytest.mark.parametrize("library", [keras, tf_keras])
@pytest.mark.parametrize(("name", "arguments", "shape"), OPERATIONS)
def test_an_operation_has_the_shapes_of_the_file(tmp_path, library, name, arguments, shape):
    model = of_one_layer(library, name, arguments, shape)
    graph = exported(model, tmp_path / "m")
    (output,) = flatten(graph.models[-1].outputs)
    known = [size if size is None or isinstance(size, int) else "?" for size in output.shape.sizes]
    assert len(known) == len(model.output_shape)
    assert all(a in ("?", b) for a, b in zip(known, model.output_shape, strict=True))
    stated, inferred = read_shapes(graph), read_shapes(graph, trust_file=False)
    assert all(shapes in (stated[path], [[None]]) for path, shapes in inferred.items() if len(shapes) == 1)


def signals(library: Any, steps: int, features: int) -> Any:
    layers = library.layers
    inputs = library.Input((steps, features), name="signal")
    x = layers.Conv1D(4, 3, padding="same", activation="relu", name="conv")(inputs)
    x = layers.Flatten(name="flat")(layers.Dropout(0.1)(x))
    return library.Model(inputs, layers.Dense(2, name="answer")(x), name="net")


def rules_of(graph: Any) -> list[str]:
    return [finding.rule for finding in judge(graph, tuple(catalogue(()).values()))]


@pytest.mark.parametrize("library", [keras, tf_keras])
def test_rules_speak(tmp_path, library):
    graph = exported(signals(library, 1, 8000), tmp_path / "wrong")
    assert [layer.class_name for layer in graph.layers] == ["InputLayer", "Conv1D", "Flatten", "Dense"]
    assert graph.keras.number is None
    assert rules_of(graph) == ["conv-single-step"]
    assert rules_of(exported(signals(library, 8000, 1), tmp_path / "right")) == []


class Module(tf.Module):
    """A program of TensorFlow's own, without Keras."""

    def __init__(self, dilation: int = 1) -> None:
        super().__init__()
        self.kernel = tf.Variable(tf.ones((3, 3, 3, 8)), name="kernel")
        self.dilation = dilation

    @tf.function(input_signature=[tf.TensorSpec((None, 32, 32, 3))])
    def __call__(self, images: tf.Tensor) -> tf.Tensor:
        with tf.name_scope("first"):
            return tf.nn.relu(tf.nn.conv2d(images, self.kernel, 2, "SAME", dilations=self.dilation))


def test_a_module_and_its_frozen_graph(tmp_path):
    module = Module()
    tf.saved_model.save(module, str(tmp_path / "m"), signatures=module.__call__)
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    frozen = convert_variables_to_constants_v2(module.__call__.get_concrete_function())
    (tmp_path / "frozen.pb").write_bytes(frozen.graph.as_graph_def().SerializeToString())
    for name in ("m", "m/saved_model.pb", "frozen.pb"):
        assert list(read_shapes(read_model(tmp_path / name)).values()) == [[[(None, 16, 16, 8)]]], name


def test_what_no_layer_of_keras_does_is_not_a_mistake(tmp_path):
    """Strides together with a dilation: in the file, as TensorFlow Lite, and in a program that loads it."""
    with pytest.raises(ValueError, match="not supported in conjunction"):
        keras.layers.Conv2D(8, 3, strides=2, dilation_rate=2)
    module = Module(dilation=2)
    tf.saved_model.save(module, str(tmp_path / "m"), signatures=module.__call__)
    (tmp_path / "m.tflite").write_bytes(
        tf.lite.TFLiteConverter.from_saved_model(str(tmp_path / "m")).convert()
    )
    expected = (None, *module(tf.zeros((1, 32, 32, 3))).shape[1:])
    for name in ("m", "m.tflite"):
        graph = read_model(tmp_path / name)
        assert [layer.class_name for layer in graph.layers] == ["InputLayer", "Conv2D"], name
        assert list(read_shapes(graph).values()) == [[[expected]]], name
        assert rules_of(graph) == [], name
    program = "import numpy as np\nimport keras\nkeras.models.load_model('m').predict(np.zeros({}))\n"
    for shape, rules in (((10, 32, 32, 3), []), ((10, 32, 32, 4), ["fed-channel-count"])):
        assert rules_of(source.read(program.format(shape), str(tmp_path / "program.py"))) == rules


def graph_of(folder: Any, *rows: tuple[str, str, list[str], list[int] | None]) -> Any:
    """A frozen graph of operations: (name, operation, inputs, shape of the result)."""
    graph = tf.compat.v1.GraphDef()
    for name, op, inputs, shape in rows:
        node = graph.node.add(name=name, op=op, input=inputs)
        if shape is not None:
            stated = node.attr["_output_shapes"].list.shape.add()
            for size in shape:
                stated.dim.add(size=size)
    (folder / "frozen.pb").write_bytes(graph.SerializeToString())
    return exported_graph.read(str(folder / "frozen.pb"))


FREE = [-1, 4]


def test_the_order_of_operations_is_of_no_account(tmp_path):
    rows = [
        ("net/sum/AddV2", "AddV2", ["net/a/Relu", "net/b/Relu"], FREE),
        ("net/b/Relu", "Relu", ["net/a/Relu"], FREE),
        ("net/a/Relu", "Relu", ["x"], FREE),
        ("x", "Placeholder", [], FREE),
    ]
    for given in (rows, rows[::-1]):
        names = sorted(layer.name for layer in graph_of(tmp_path, *given).layers)
        assert names == ["net/a", "net/b", "net/sum/AddV2", "x"]


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "Identity", ["b"], None), ("b", "Identity", ["a", "x"], None), ("c", "Relu", ["a"], FREE)],
        [
            ("a", "ReadVariableOp", ["b"], None),
            ("b", "ReadVariableOp", ["a"], None),
            ("net/c/MatMul", "MatMul", ["x", "a"], FREE),
        ],
    ],
    ids=["of results", "of weights"],
)
def test_a_loop_has_an_end(tmp_path, rows):
    graph = graph_of(tmp_path, ("x", "Placeholder", [], FREE), *rows)
    assert len(graph.layers) == 2


def test_damage_is_one_line(tmp_path):
    exported(signals(keras, 20, 3), tmp_path / "m")
    file = tmp_path / "m" / "saved_model.pb"
    whole, draw = file.read_bytes(), random.Random(5)
    for _ in range(150):
        damaged = bytearray(whole[: draw.choice([len(whole), draw.randrange(4, len(whole))])])
        for _ in range(draw.choice([1, 8, 64])):
            damaged[draw.randrange(3, len(damaged))] = draw.randrange(256)
        file.write_bytes(bytes(damaged))
        reason = ""
        try:
            read_model(tmp_path / "m")
        except (UnreadableError, NothingToReadError) as error:
            reason = str(error)
        assert "\n" not in reason
        assert len(reason) < 400
