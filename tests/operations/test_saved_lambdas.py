"""Functions of TensorFlow as tf.keras saves them (``TFOpLambda``), against the shapes that it gives them."""

from __future__ import annotations

import json
import os
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import pytest
import tensorflow as tf
import tf_keras

from layoutlint.model.axes import Shape
from layoutlint.operations import find_saved
from tests.operations.oracle import inferred, sizes_of

backend = tf_keras.backend

USES = {
    "last step": lambda x: x[:, -1],
    "slices": lambda x: x[:, 1:3],
    "ellipsis": lambda x: x[..., 0],
    "new axis": lambda x: x[:, tf.newaxis],
    "cast": lambda x: tf.cast(x, tf.float16),
    "reshape": lambda x: tf.reshape(x, (-1, 24)),
    "transpose": lambda x: tf.transpose(x, [0, 2, 1]),
    "operators": lambda x: 2.0 - x * 3.0 / (x + 1.0),
    "matmul": lambda x: tf.matmul(x, x, transpose_b=True),
    "concat": lambda x: tf.concat([x, x], axis=-1),
    "stack": lambda x: tf.stack([x, x], axis=1),
    "mean": lambda x: tf.reduce_mean(x, axis=1, keepdims=True),
    "sum": lambda x: tf.math.reduce_sum(x, axis=[1, 2]),
    "expand": lambda x: tf.expand_dims(x, axis=-1),
    "squeeze": lambda x: tf.squeeze(tf.expand_dims(x, axis=1), axis=1),
    "relu": lambda x: tf.nn.relu(x),
    "softmax": lambda x: tf.nn.softmax(x, axis=1),
    "split": lambda x: tf.split(x, 2, axis=1),
    "tile": lambda x: tf.tile(x, [1, 2, 3]),
    "pad": lambda x: tf.pad(x, [[0, 0], [1, 1], [0, 0]]),
    "resize": lambda x: tf.image.resize(tf.expand_dims(x, axis=-1), (8, 9)),
    "gather": lambda x: tf.gather(x, [0, 1], axis=1),
    "argmax": lambda x: tf.argmax(x, axis=-1),
    "one hot": lambda x: tf.one_hot(tf.cast(x, tf.int32), 5),
    "normalised": lambda x: tf.math.l2_normalize(x, axis=-1),
    "clip": lambda x: tf.clip_by_value(x, 0.0, 1.0),
    "K permute": lambda x: backend.permute_dimensions(x, (0, 2, 1)),
    "K mean": lambda x: backend.mean(x, axis=1),
    "K batch dot": lambda x: backend.batch_dot(x, x, axes=2),
}


CONSTANT = "_CONSTANT_VALUE"
"""Where a first argument is a number, tf.keras writes ``["_CONSTANT_VALUE", -1, 2.0, {...}]`` for it."""


def shape_for_tensor(value: Any, outputs: dict[str, list[tuple[Any, ...]]]) -> Any:
    """A saved argument with a Shape for every reference to a tensor."""
    if isinstance(value, list):
        if len(value) == 3 and isinstance(value[0], str):
            return value[2] if value[0] == CONSTANT else Shape.of(*outputs[value[0]][value[2]])
        return [shape_for_tensor(item, outputs) for item in value]
    return value


@pytest.mark.parametrize("use", USES)
def test_saved_function(use):
    x = tf_keras.Input((4, 6))
    model = tf_keras.Model(x, USES[use](x))
    saved = json.loads(model.to_json())["config"]["layers"]
    outputs = {
        layer.name: [tuple(tensor.shape) for tensor in tf.nest.flatten(layer.output)]
        for layer in model.layers
    }
    seen = 0
    for entry in saved:
        if entry["class_name"] not in ("TFOpLambda", "SlicingOpLambda"):
            continue
        spec = find_saved(f"tf.{entry['config']['function']}")
        assert spec is not None, entry["config"]
        (node,) = entry["inbound_nodes"]
        several = isinstance(node[0], list)
        references = node if several else [node]
        shapes = [shape_for_tensor(reference[:3], outputs) for reference in references]
        keywords = {name: shape_for_tensor(value, outputs) for name, value in references[0][3].items()}
        arguments = [shapes] if spec.name in ("concatenate", "stack") else shapes
        result = inferred(spec, arguments, keywords)
        assert result.error is None, (entry, result.error)
        found = result.outputs if isinstance(result.outputs, Shape) else list(result.outputs or [None])
        found = [found] if isinstance(found, Shape) else found
        assert [sizes_of(shape)[1:] for shape in found] == outputs[entry["config"]["name"]], entry
        seen += 1
    assert seen
