"""Losses that a program calls itself: their shapes, against Keras, and what is found where target and
prediction do not meet.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.interpreter.snippets import graph_of, rules_of, sizes_of_x

LABELS, ROWS = "np.zeros(16, int)", "np.ones((16, 3))"
SHAPES = [
    f"keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction='none')({LABELS}, {ROWS})",
    f"keras.losses.CategoricalCrossentropy()({ROWS}, {ROWS})",
    "keras.losses.BinaryCrossentropy(reduction='none')(np.ones(16), np.ones((16, 1)))",
    "keras.losses.MeanSquaredError(reduction=None)(np.ones((16, 5, 1)), np.ones((16, 5, 1)))",
    "keras.losses.MeanSquaredError(reduction='sum')(np.ones((16, 5, 1)), np.ones((16, 5, 1)))",
    f"keras.losses.KLDivergence(reduction='none')({ROWS}, y_pred={ROWS})",
    f"keras.losses.mean_squared_error({ROWS}, {ROWS})",
    f"keras.losses.Huber(reduction='none')({ROWS}, {ROWS})",
]
IMAGES = """
import numpy as np, keras, tensorflow as tf
x, y = np.random.rand(160, 6).astype("float32"), np.random.randint(0, 3, 160)
net = keras.Sequential([keras.layers.Dense(8), keras.layers.Dense(3)])
for bx, by in tf.data.Dataset.from_tensor_slices((x, y)).batch(16):
"""
FOUND = [
    ("keras.losses.CategoricalCrossentropy(from_logits=True)(by, net(bx))", "labels-with-categorical-loss"),
    (
        "keras.losses.SparseCategoricalCrossentropy(from_logits=True)(tf.one_hot(by, 3), net(bx))",
        "one-hot-with-sparse-loss",
    ),
    ("keras.losses.mean_squared_error(by, net(bx))", "units-unlike-target"),
]
FINE = [
    "keras.losses.SparseCategoricalCrossentropy(from_logits=True)(by, net(bx))",
    "keras.losses.CategoricalCrossentropy(from_logits=True)(tf.one_hot(by, 3), net(bx))",
    "keras.losses.mean_squared_error(tf.one_hot(by, 3), net(bx))",
    "keras.losses.BinaryCrossentropy(from_logits=True)(tf.ones_like(net(bx)), net(bx))",
]


@pytest.mark.parametrize("text", SHAPES)
def test_shape_of_a_loss(text):
    keras = pytest.importorskip("keras")
    real = eval(text, {"keras": keras, "np": np})
    assert sizes_of_x(f"import keras\nx = {text}") == tuple(real.shape)


@pytest.mark.parametrize(("text", "rule"), FOUND)
def test_target_that_does_not_meet_the_prediction(text, rule):
    program = f"{IMAGES}    loss = {text}\n"
    assert rules_of(graph_of(program)) == [rule]
    tf = pytest.importorskip("tensorflow")
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        exec(program, {})


@pytest.mark.parametrize("text", FINE)
def test_target_that_meets_the_prediction(text):
    program = f"{IMAGES}    loss = {text}\n"
    assert rules_of(graph_of(program)) == []
    exec(program, {})
