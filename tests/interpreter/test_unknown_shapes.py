"""A shape that a program makes of values that nobody knows may have any number of sizes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.interpreter.snippets import UNKNOWN, fits, sizes_of_x

SEQUENCES = "a, b = (2, 3), (4,)"
NUMBERS = "a, b = 6, 4"
ARRAYS = "a, b = np.array([2, 3]), np.array([2, 2])"

SHAPES = [
    ("a + b", SEQUENCES),
    ("a + b", NUMBERS),
    ("a + b", ARRAYS),
    ("b + a + b", SEQUENCES),
    ("a * 2", SEQUENCES),
    ("2 * b", NUMBERS),
    ("a - 1", ARRAYS),
    ("a // b", ARRAYS),
    ("list(a)", SEQUENCES),
    ("tuple(a) + b", SEQUENCES),
    ("[*a]", SEQUENCES),
    ("[*a, 5]", SEQUENCES),
    ("(5,) + a", SEQUENCES),
    ("a[1:] + b", SEQUENCES),
    ("np.concatenate([a, b])", SEQUENCES),
    ("tuple(reversed(a))", SEQUENCES),
    ("tuple(s * 2 for s in a)", SEQUENCES),
]
MADE = [
    "x = np.zeros({})",
    "x = np.full({}, 7)",
    "x = np.random.normal(size={})",
    "x = np.resize(np.ones(24), {})",
]


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize(("shape", "values"), SHAPES)
def test_the_real_shape_fits(shape: str, values: str, made: str) -> None:
    assert_fits(made.format(shape), values)


def assert_fits(made: str, values: str) -> None:
    scope: dict[str, Any] = {"np": np}
    exec(f"{values}\nx = {made}", scope)
    assert fits(sizes_of_x(f"x = {made}"), scope["x"].shape)


@pytest.mark.parametrize(
    ("made", "values"),
    [
        ("np.ones(24).reshape(a + b)", SEQUENCES),
        ("np.ones(10).reshape(a + b)", NUMBERS),
        ("np.reshape(np.ones(24), a + b)", SEQUENCES),
        ("np.tile(np.ones(4), a + b)", SEQUENCES),
        ("np.tile(np.ones(4), a + b)", NUMBERS),
        ("np.ones((5, 3, 2)).transpose(b + a)", "a, b = (2,), (1, 0)"),
    ],
)
def test_of_arrays_too(made: str, values: str) -> None:
    assert_fits(made, values)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = np.zeros(X.shape[0] + 1)", (UNKNOWN,)),
        ("x = np.zeros(len(X) * 2)", (UNKNOWN,)),
        ("x = np.zeros((a + b, 3))", (UNKNOWN, 3)),
        ("x = np.zeros((a + b,))", (UNKNOWN,)),
        ("x = Input(a + b)", UNKNOWN),
        ("x = Input((a + b,))", (None, UNKNOWN)),
        ("x = Input(batch_shape=a * 2)", UNKNOWN),
        ("x = tf.keras.Input(shape=list(a))", UNKNOWN),
        ("x = tf.image.resize(np.ones((2, 8, 6, 3)), a + b)", (2, UNKNOWN, UNKNOWN, 3)),
    ],
)
def test_a_number_of_an_axis_is_one_size(code: str, expected: object) -> None:
    assert sizes_of_x(code) == expected


@pytest.mark.parametrize(("rows", "expected"), [(1, UNKNOWN), (15, UNKNOWN), (64, 16)])
def test_a_window_is_no_longer_than_its_axis(rows: int, expected: object) -> None:
    code = f"for i in range(n):\n    x = np.zeros(({rows}, 4))[i * 16 : (i + 1) * 16]"
    assert sizes_of_x(code) == (expected, 4)
