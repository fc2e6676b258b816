"""What a shape of TensorFlow answers, against TensorFlow."""

from __future__ import annotations

import pytest

from tests.interpreter.snippets import UNKNOWN, sizes_of_x

MADE = "a = tf.zeros((1, 2, 3, 4))\n"


@pytest.mark.parametrize(
    "code",
    [
        "x = tf.zeros(a.shape.as_list())",
        "x = tf.zeros(a.get_shape().as_list()[:2] + [7])",
        "n, h, w, c = a.shape.as_list()\nx = tf.reshape(a, [c, h * w])",
        "x = tf.zeros((a.shape.ndims, a.get_shape().rank))",
        "x = tf.zeros((a.shape.num_elements(), len(a.shape.as_list())))",
        "x = tf.zeros(a.shape.with_rank(4))",
        "x = tf.zeros(a.shape.with_rank_at_least(2)[1:])",
    ],
)
def test_of_known_shapes(code: str) -> None:
    import tensorflow as tf

    run = {"tf": tf}
    exec(MADE + code, run)
    assert sizes_of_x(MADE + code) == tuple(run["x"].shape)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "sizes"),
    [
        ("x = tf.zeros((a.shape[1].value, 2))", (2, 2)),  # TensorFlow 1
        ("x = tf.zeros((Input((5,)).shape.num_elements(), 2))", (UNKNOWN, 2)),
        ("x = tf.zeros((unknown.shape.as_list()[1], 2))", (UNKNOWN, 2)),
    ],
)
def test_of_old_and_of_free_shapes(code: str, sizes: object) -> None:
    assert sizes_of_x(MADE + code) == sizes
