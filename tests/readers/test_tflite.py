"""TensorFlow Lite: layers and shapes of files that TensorFlow's converter writes."""

from __future__ import annotations

import random
from typing import Any

import flatbuffers
import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.lite.python import schema_py_generated as schema

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import catalogue
from layoutlint.model.graph import flatten
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import tflite
from layoutlint.readers.formats import read_model
from tests.oracle.models import read_shapes

layers = keras.layers


def signals(steps: int, features: int) -> Any:
    inputs = keras.Input((steps, features), name="signal")
    x = layers.Conv1D(4, 3, padding="same", activation="relu", name="conv")(inputs)
    x = layers.Flatten(name="flat")(layers.Dropout(0.1)(x))
    return keras.Model(inputs, layers.Dense(2, activation="softmax", name="answer")(x), name="net")


def images() -> Any:
    inputs = keras.Input((32, 30, 3))
    x = layers.Conv2D(8, (3, 2), strides=2, padding="same", name="first")(inputs)
    x = layers.DepthwiseConv2D(3, name="each", activation="relu")(x)
    x = layers.MaxPooling2D((2, 1), name="pool")(x)
    return keras.Model(inputs, layers.Dense(2, name="answer")(layers.Flatten(name="flat")(x)), name="net")


def converted(model: Any, path: Any, *, is_quantised: bool = False) -> Any:
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    if is_quantised:
        size = model.input_shape[1:]
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: ([np.ones((1, *size), "float32")] for _ in range(3))
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.int8
    path.write_bytes(converter.convert())
    return read_model(path)


MODELS = {
    "signals": (
        lambda: signals(20, 3),
        ["InputLayer", "Conv1D", "Flatten", "Dense", "Activation"],
        [(None, 20, 4), (None, 80), (None, 2), (None, 2)],
    ),
    "images": (
        images,
        ["InputLayer", "Conv2D", "DepthwiseConv2D", "MaxPooling2D", "Flatten", "Dense"],
        [(None, 16, 15, 8), (None, 14, 13, 8), (None, 7, 13, 8), (None, 728), (None, 2)],
    ),
}


@pytest.mark.parametrize("is_quantised", [False, True])
@pytest.mark.parametrize("name", MODELS)
def test_layers_and_shapes(tmp_path, name, is_quantised):
    make, classes, shapes = MODELS[name]
    graph = converted(make(), tmp_path / "m.tflite", is_quantised=is_quantised)
    assert [layer.class_name for layer in graph.layers] == classes
    stated = [[[sizes]] for sizes in shapes]
    assert list(read_shapes(graph).values()) == stated
    assert list(read_shapes(graph, trust_file=False).values()) == stated


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (layers.AveragePooling1D(3, strides=2), (12, 6)),
        (layers.Conv1D(4, 3, padding="causal"), (12, 6)),
        (layers.Conv2DTranspose(4, 3), (12, 10, 3)),
        (layers.Dense(3), (12, 6)),
        (layers.GlobalAveragePooling1D(), (12, 6)),
        (layers.LSTM(5), (12, 6)),
        (layers.LayerNormalization(), (12, 6)),
        (layers.MaxPooling1D(2), (12, 6)),
        (layers.Permute((2, 1)), (12, 6)),
        (layers.Reshape((6, 12)), (12, 6)),
        (layers.SeparableConv1D(4, 3), (12, 6)),
        (layers.UpSampling2D(2), (12, 10, 3)),
        (layers.ZeroPadding2D(2), (12, 10, 3)),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_is_said_is_right(tmp_path, layer, shape):
    """The output is Keras's whatever the converter makes of a layer, and no inference is another."""
    inputs = keras.Input(shape, batch_size=1)
    model = keras.Model(inputs, layer(inputs))
    graph = converted(model, tmp_path / "m.tflite")
    (output,) = flatten(graph.models[-1].outputs)
    assert tuple(output.shape.sizes) == tuple(model.output_shape)
    stated, inferred = read_shapes(graph), read_shapes(graph, trust_file=False)
    assert all(inferred[path] in (shapes, [[None]]) for path, shapes in stated.items())
    assert [call.error for call in graph.calls if call.error] == []


def rules_of(graph: Any) -> list[str]:
    return [finding.rule for finding in judge(graph, tuple(catalogue(()).values()))]


def test_rules_speak(tmp_path):
    assert rules_of(converted(signals(1, 8000), tmp_path / "wrong.tflite")) == ["conv-single-step"]
    assert rules_of(converted(signals(800, 1), tmp_path / "right.tflite")) == []


def test_reshapes_and_concatenations_are_judged(tmp_path):
    inputs = keras.Input((40, 100))
    mixed = keras.Model(inputs, layers.Conv1D(4, 3)(layers.Reshape((100, 40))(inputs)))
    assert rules_of(converted(mixed, tmp_path / "mixed.tflite")) == ["reshape-as-transpose"]
    images = keras.Input((32, 32, 3))
    maps = [layers.Conv2D(8, size, padding="same")(images) for size in (3, 5)]
    for axis, found in ((1, ["concatenate-axis"]), (-1, [])):
        joined = layers.Conv2D(4, 3)(layers.Concatenate(axis)(maps))
        answer = layers.Dense(2)(layers.Flatten()(joined))
        assert rules_of(converted(keras.Model(images, answer), tmp_path / f"{axis}.tflite")) == found


def test_operators_have_their_names():
    numbers = {value: name for name, value in vars(schema.BuiltinOperator).items() if name.isupper()}
    assert {number: numbers[number] for number in tflite.OPERATORS} == tflite.OPERATORS


def test_tables_that_share_a_long_list(tmp_path):
    """A file of 1 MB whose tensors have names of 40 GB, all one and the same text."""
    count, builder = 199_999, flatbuffers.Builder(2**21)
    name = builder.CreateString("n" * count)
    schema.TensorStart(builder)
    schema.TensorAddName(builder, name)
    tensor = schema.TensorEnd(builder)
    schema.SubGraphStartTensorsVector(builder, count)
    for _ in range(count):
        builder.PrependUOffsetTRelative(tensor)
    tensors = builder.EndVector()
    schema.SubGraphStart(builder)
    schema.SubGraphAddTensors(builder, tensors)
    subgraph = schema.SubGraphEnd(builder)
    schema.ModelStartSubgraphsVector(builder, 1)
    builder.PrependUOffsetTRelative(subgraph)
    subgraphs = builder.EndVector()
    schema.ModelStart(builder)
    schema.ModelAddSubgraphs(builder, subgraphs)
    builder.Finish(schema.ModelEnd(builder), b"TFL3")
    (tmp_path / "m.tflite").write_bytes(builder.Output())
    with pytest.raises(UnreadableError, match="its description is larger than 16 MiB"):
        read_model(tmp_path / "m.tflite")


def test_damage_is_one_line(tmp_path):
    path = tmp_path / "m.tflite"
    converted(signals(20, 3), path)
    whole, draw = path.read_bytes(), random.Random(5)
    for _ in range(300):
        damaged = bytearray(whole[: draw.choice([len(whole), draw.randrange(9, len(whole))])])
        for _ in range(draw.choice([1, 8, 64])):
            damaged[draw.choice([0, *range(8, len(damaged))])] = draw.randrange(256)
        path.write_bytes(bytes(damaged))
        reason = ""
        try:
            read_model(path)
        except (UnreadableError, NothingToReadError) as error:
            reason = str(error)
        assert "\n" not in reason
        assert len(reason) < 400
