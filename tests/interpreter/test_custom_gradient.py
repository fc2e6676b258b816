"""A function under ``custom_gradient`` returns its value alone."""

from __future__ import annotations

import pytest

from tests.interpreter.snippets import UNKNOWN, sizes_of_x

BODY = "    def grad(g):\n        return g * z\n    return tf.exp(z), grad\n"
USED = "x = f(np.ones((2, 3)))"


@pytest.mark.parametrize(
    "code",
    [
        f"@tf.custom_gradient\ndef f(z):\n{BODY}{USED}",
        f"@tf.custom_gradient()\ndef f(z):\n{BODY}{USED}",
        f"import keras\n@keras.ops.custom_gradient\ndef f(z):\n{BODY}{USED}",
        f"from tensorflow import custom_gradient\n@custom_gradient\ndef f(z):\n{BODY}{USED}",
        f"@tf.compat.v1.custom_gradient\ndef f(z):\n{BODY}{USED}",
        f"@tf.function\n@tf.custom_gradient\ndef f(z):\n{BODY}{USED}",
        f"def g(z):\n{BODY}f = tf.custom_gradient(g)\n{USED}",
        f"f = tf.custom_gradient(lambda z: (tf.exp(z), lambda g: g))\n{USED}",
        f"@tf.custom_gradient\ndef f(z):\n    if unknown:\n        return z, lambda g: g\n{BODY}{USED}",
        "class F:\n    @tf.custom_gradient\n    def f(self, z):\n"
        f"        return z, lambda g: g\n{USED.replace('f(', 'F().f(')}",
    ],
)
def test_the_value_comes_alone(code: str) -> None:
    assert sizes_of_x(code) == (2, 3)


def test_a_pair_without_it_stays_a_pair() -> None:
    assert sizes_of_x(f"def f(z):\n{BODY}x = f(np.ones((2, 3)))[0]") == (2, 3)


def test_what_is_not_known_stays_unknown() -> None:
    assert sizes_of_x(f"@tf.custom_gradient\ndef f(z):\n    return unknown(z)\n{USED}") == UNKNOWN
