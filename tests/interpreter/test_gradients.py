"""A gradient has the shape of what it is taken with respect to, in the same structure."""

from __future__ import annotations

import pytest

from layoutlint.readers.source import read
from tests.interpreter.snippets import UNKNOWN, sizes_of_x

BEGIN = """images = tf.ones((4, 8, 8, 3))
clip = tf.ones((4, 5, 6))
weights = tf.Variable(np.ones((6, 2), "float32"))
with tf.GradientTape(persistent=True) as tape:
    tape.watch([images, clip])
    y = tf.reduce_sum(images) * tf.reduce_sum(clip) * tf.reduce_sum(weights)
"""


@pytest.mark.parametrize(
    ("code", "sizes"),
    [
        ("x = tape.gradient(y, images)", (4, 8, 8, 3)),
        ("x = tape.gradient(target=y, sources=clip)", (4, 5, 6)),
        ("x = tape.gradient(y, weights)", (6, 2)),
        ("x = tape.gradient(y, [images, clip])[1]", (4, 5, 6)),
        ("left, x = tape.gradient(y, (images, clip))", (4, 5, 6)),
        ("x = tape.gradient(y, {'a': images, 'b': clip})['b']", (4, 5, 6)),
        ("x = tf.convert_to_tensor(tape.gradient(y, [clip]))", (1, 4, 5, 6)),
        ("x = tf.reduce_sum(tape.gradient(y, images) ** 2, axis=[1, 2, 3])", (4,)),
    ],
)
def test_each_has_the_shape_of_its_array(code: str, sizes: tuple[int, ...]) -> None:
    import numpy as np
    import tensorflow as tf

    run = {"tf": tf, "np": np}
    exec(BEGIN + code, run)
    assert tuple(run["x"].shape) == sizes  # type: ignore[attr-defined]
    assert sizes_of_x(BEGIN + code) == sizes


@pytest.mark.parametrize(
    ("code", "sizes"),
    [
        ("x = K.gradients(y, images)[0]", (4, 8, 8, 3)),
        ("x = K.gradients(K.sum(images), [images])[0]", (4, 8, 8, 3)),
        ("x = tf.gradients(y, clip)[0]", (4, 5, 6)),
        ("x = tf.gradients(ys=y, xs=[images, clip])[1]", (4, 5, 6)),
        ("x = tape.gradient(y, unknown.trainable_weights)[0]", UNKNOWN),
        ("x = tape.jacobian(y, images)", UNKNOWN),
    ],
)
def test_what_graphs_alone_compute_and_what_is_not_known(code: str, sizes: object) -> None:
    assert sizes_of_x(f"from keras import backend as K\n{BEGIN}{code}") == sizes


def test_one_under_a_condition_knows_it() -> None:
    text = "import sys\nimport keras\nimport tensorflow as tf\nx = tf.ones((4, 8))\n"
    text += (
        "with tf.GradientTape() as tape:\n    y = x * x\nif len(sys.argv) > 2:\n    g = tape.gradient(y, x)\n"
    )
    (made,) = [call for call in read(text, "program.py").calls if call.layer.class_name == "gradient"]
    assert made.conditions == ("len(sys.argv) > 2",)
