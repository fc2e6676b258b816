"""Functions that TensorFlow and Keras call by themselves, against what really comes out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.interpreter.snippets import UNKNOWN, sizes_of_x

GIVEN = "from keras import ops\na = np.ones((2, 6, 3), 'float32')\nb = np.ones((2, 6, 3), 'float32')\n"
KNOWN = [
    "x = tf.map_fn(lambda item: item[:, :2], a)",
    "x = tf.map_fn(lambda item: tf.reduce_mean(item, axis=0), a)",
    "x = tf.map_fn(lambda pair: pair[0] + pair[1], (a, b), fn_output_signature=tf.float32)",
    "x = tf.map_fn(lambda item: (item, item[0]), a, fn_output_signature=(tf.float32, tf.float32))[1]",
    "x = tf.vectorized_map(lambda item: tf.transpose(item), a)",
    "x = tf.vectorized_map(fn=tf.transpose, elems=a)",
    "x = ops.vectorized_map(lambda item: item[..., None], a)",
    "x = ops.map(lambda item: ops.max(item, axis=-1), a)",
    "def f(item):\n    return tf.image.resize(item[..., None], (4, 4))\nx = tf.map_fn(f, a)",
    "x = tf.cond(True, lambda: a, lambda: a[0])",
    "x = tf.cond(False, lambda: a, lambda: a[0])",
    "x = ops.cond(a[0, 0, 0] > 0, lambda: a[:, :4], lambda: a[:, 2:])",
    "x = tf.cond(tf.reduce_sum(a) > 3, true_fn=lambda: tf.transpose(a), false_fn=lambda: tf.ones((3, 6, 2)))",
]


def really(code: str) -> tuple[int, ...]:
    scope: dict[str, Any] = {}
    exec(f"import numpy as np\nimport tensorflow as tf\n{GIVEN}{code}", scope)
    return tuple(scope["x"].shape)


@pytest.mark.parametrize("code", KNOWN)
def test_known(code: str) -> None:
    assert sizes_of_x(GIVEN + code) == really(code)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = tf.cond(flag, lambda: a, lambda: a[:, :4])", (2, UNKNOWN, 3)),
        ("x = tf.cond(flag, lambda: a, lambda: a[0])", UNKNOWN),
        ("x = tf.cond(flag, lambda: a, other)", UNKNOWN),
        ("x = tf.map_fn(other, a)", UNKNOWN),
        ("x = tf.map_fn(tf.transpose, other)", UNKNOWN),
        ("x = tf.map_fn(lambda item: item[:other], a)", (2, UNKNOWN, 3)),
    ],
)
def test_not_known(code: str, expected: Any) -> None:
    assert sizes_of_x(f"from elsewhere import flag, other\n{GIVEN}{code}") == expected
