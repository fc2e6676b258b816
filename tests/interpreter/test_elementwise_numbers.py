"""Elementwise functions of array libraries on plain numbers, against what the libraries compute."""

from __future__ import annotations

from typing import Any

import pytest

from tests.interpreter.snippets import UNKNOWN, fits, sizes_of_x

KNOWN = [
    "np.ceil(7 / 2)",
    "np.floor(7 / 2)",
    "np.trunc(3.5)",
    "np.abs(-3)",
    "np.negative(-3)",
    "np.square(3)",
    "np.sqrt(16)",
    "np.log2(64)",
    "np.add(3, 4)",
    "np.subtract(7, 4)",
    "np.multiply(3, 4)",
    "np.divide(12, 4)",
    "np.floor_divide(7, 2)",
    "np.mod(-7 + 4, 4)",
    "np.remainder(7, 4)",
    "np.power(2, 3)",
    "np.maximum(3, 4)",
    "np.minimum(3, 4)",
    "np.log2(8) + 1",
    "2 ** np.log2(8)",
    "np.ceil(7 / 2).astype(int)",
    "np.ceil(7 / 2).item()",
    "np.maximum(3, np.ceil(9 / 2)).astype('int32')",
    "ops.mod(-7 + 4, 4)",
    "ops.ceil(7 / 2)",
    "tf.math.floormod(7, 4)",
    "tf.math.ceil(7 / 2).numpy()",
    "tf.maximum(3, 4).numpy()",
]
OTHERS = [
    "np.sqrt(10)",
    "np.log2(10)",
    "np.ceil(0.1 * 30)",
    "tf.math.ceil(0.1 * 30)",
    "np.multiply(0.29, 100)",
    "tf.multiply(0.29, 100.0)",
    "np.power(2.0, 3)",
    "np.divide(7, 2)",
    "np.divide(7, 2).astype(int)",
    "np.floor_divide(2**40, 2**38)",
]


def really(number: str) -> int:
    scope: dict[str, Any] = {}
    exec("import numpy as np\nimport tensorflow as tf\nfrom keras import ops", scope)
    return int(eval(number, scope))


@pytest.mark.parametrize("number", KNOWN)
def test_known(number: str) -> None:
    assert sizes_of_x(f"from keras import ops\nx = np.ones((int({number}), 2))") == (really(number), 2)


@pytest.mark.parametrize("number", OTHERS)
def test_others(number: str) -> None:
    assert fits(sizes_of_x(f"x = np.ones((int({number}), 2))"), (really(number), 2))


@pytest.mark.parametrize("number", ["np.divide(1, 0)", "np.power(2, n)", "np.ceil(n)", "np.ceil([1.5])"])
def test_what_is_no_number(number: str) -> None:
    assert sizes_of_x(f"from elsewhere import n\nx = np.ones((int({number}), 2))") == (UNKNOWN, 2)


def test_arrays_stay_arrays() -> None:
    assert sizes_of_x("x = np.maximum(np.ones((3, 2)), 4)") == (3, 2)
    assert sizes_of_x("x = np.ceil([1.5, 2])") == (2,)
