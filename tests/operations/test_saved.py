"""Operations as Keras 3 saves them, against the shapes that Keras itself gives them."""

from __future__ import annotations

import json
import os
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import pytest
from keras import ops

from layoutlint.model.axes import Shape
from layoutlint.operations import find_saved
from tests.operations.oracle import inferred, shapes_of, sizes_of

USES = {
    "last step": lambda x: x[:, -1],
    "two numbers": lambda x: x[:, 0, 1],
    "slices": lambda x: x[:, 1:3, ::2],
    "new axis": lambda x: x[..., None],
    "cast": lambda x: ops.cast(x, "float16"),
    "reshape": lambda x: ops.reshape(x, (-1, 24)),
    "arithmetic": lambda x: 2.0 - x * 3 / (x + 1),
    "matmul": lambda x: x @ ops.transpose(x, (0, 2, 1)),
    "concatenate": lambda x: ops.concatenate([x, x], axis=-1),
    "stack": lambda x: ops.stack([x, x], axis=1),
    "einsum": lambda x: ops.einsum("bij,bkj->bik", x, x),
    "mean": lambda x: ops.mean(x, axis=1, keepdims=True),
    "sum": lambda x: ops.sum(x, axis=(1, 2)),
    "norm": lambda x: ops.norm(x, axis=-1),
    "argmax": lambda x: ops.argmax(x, axis=-1),
    "resize": lambda x: ops.image.resize(ops.expand_dims(x, -1), (8, 9)),
    "split": lambda x: ops.split(x, 2, axis=1),
    "pad": lambda x: ops.pad(x, ((0, 0), (1, 1), (0, 0))),
    "take": lambda x: ops.take(x, [0, 1], axis=1),
    "where": lambda x: ops.where(x > 0, x, 0.0),
    "swapaxes": lambda x: ops.swapaxes(x, 1, 2),
    "moveaxis": lambda x: ops.moveaxis(x, 1, 2),
    "repeat": lambda x: ops.repeat(x, 3, axis=1),
    "tile": lambda x: ops.tile(x, (1, 2, 3)),
    "squeeze": lambda x: ops.squeeze(ops.expand_dims(x, 1), 1),
    "flip": lambda x: ops.flip(x, axis=1),
    "softmax": lambda x: ops.softmax(x, axis=1),
    "relu": lambda x: ops.relu(x),
    "top k": lambda x: ops.top_k(x, 2),
    "moments": lambda x: ops.moments(x, axes=[1]),
    "one hot": lambda x: ops.one_hot(ops.cast(x, "int32"), 5),
    "normalize": lambda x: ops.normalize(x, axis=-1),
    "tensordot": lambda x: ops.tensordot(x, x, axes=[[1, 2], [1, 2]]),
    "ones like": lambda x: ops.ones_like(x),
    "logsumexp": lambda x: ops.logsumexp(x, axis=1),
    "cumsum": lambda x: ops.cumsum(x, axis=1),
    "unstack": lambda x: ops.unstack(x, axis=1),
    "clip": lambda x: ops.clip(x, 0, 1),
    "broadcast": lambda x: ops.maximum(x, ops.max(x, axis=1, keepdims=True)),
}


def shape_for_tensor(value: Any) -> Any:
    """A saved argument with a Shape for every tensor."""
    if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
        return Shape.of(*value["config"]["shape"])
    if isinstance(value, list):
        return [shape_for_tensor(item) for item in value]
    return value


@pytest.mark.parametrize("use", USES)
def test_saved_operation(use):
    x = keras.Input((4, 6))
    model = keras.Model(x, USES[use](x))
    saved = json.loads(model.to_json())["config"]["layers"]
    real = {operation.name: operation for operation in model.operations}
    seen = 0
    for entry in saved:
        if not entry["module"].startswith("keras.src.ops"):
            continue
        spec = find_saved(entry["class_name"])
        assert spec is not None, entry["class_name"]
        (node,) = entry["inbound_nodes"]
        arguments = [shape_for_tensor(argument) for argument in node["args"]]
        keywords = {name: shape_for_tensor(value) for name, value in node["kwargs"].items()}
        result = inferred(spec, arguments, {**entry["config"], **keywords})
        assert result.error is None
        expected = shapes_of(real[entry["config"]["name"]].output)
        assert sizes_of(result.outputs) == expected, entry
        seen += 1
    assert seen
