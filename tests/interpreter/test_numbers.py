"""Numbers that only the running program knows: they change no shape, and what may be an array does."""

from __future__ import annotations

import pytest

from tests.interpreter.snippets import graph_of, sizes_of_x


@pytest.mark.parametrize(
    "code",
    [
        "import math\nx = tf.zeros((2, 3)) / math.sqrt(unknown)",
        "x = tf.zeros((2, 3)) * (float(unknown) ** 2)",
        "x = np.zeros((2, 3)) / np.sqrt(float(unknown))",
        "x = np.zeros((2, 3)) / (float(unknown) / 3)",
        "for i in range(unknown):\n    x = np.zeros((2, 3)) * i",
        "n = 0\nfor i in unknown:\n    n += 1\nx = np.zeros((5, 2, 3))[n]",
        "n = 0\nwhile n < unknown:\n    x = np.zeros((5, 2, 3))[n]\n    n = n + 2",
        "import random\nx = np.zeros((5, 2, 3))[random.randint(0, 4)]",
        "for i in range(unknown):\n    x = np.zeros((5, 2, 3))[i]",
        "for i, row in enumerate(unknown):\n    x = np.zeros((5, 2, 3))[i]",
        "rows = [[float(np.random.rand() > 0.5)] * 3 for _ in range(2)]\nx = np.array(rows)",
        "row = [float(tf.reduce_sum(unknown)), int(tf.zeros(3)[0]), float(np.mean(4))]\n"
        "x = np.array([row, row])",
    ],
)
def test_numbers_that_only_the_program_knows(code: str) -> None:
    assert sizes_of_x(code) == (2, 3)


def test_annotated_parameters() -> None:
    code = "def f(n: {}):\n    y = tf.zeros((2, 3)) * n ** -0.5\n    layers.Dense(4)(y)\n"
    assert _shapes(code.format("int")) == _shapes(code.format("float")) == ["(2, 4)"]
    assert _shapes(code.format("np.ndarray")) == ["None"]


def _shapes(code: str) -> list[str]:
    calls = graph_of(f"import tensorflow as tf\nfrom keras import layers\n{code}").calls
    return [str(call.output_tensors[0].shape) for call in calls if call.layer.kind == "layer"]


def test_what_may_be_an_array_is_no_number() -> None:
    assert sizes_of_x("def f(n):\n    return tf.zeros((2, 3)) * n\nx = f(unknown)") == "?"


def test_arithmetic_with_something_that_may_be_an_array_is_no_number() -> None:
    assert sizes_of_x("x = np.zeros((2, 3)) * (2 * unknown)") == "?"
    assert sizes_of_x("x = np.zeros((2, 3)) * (2 * unknown) ** 2") == "?"


def test_unique_with_further_results() -> None:
    assert sizes_of_x("_, x, n = np.unique(np.zeros(7), return_inverse=True, return_counts=True)") == (7,)
    assert sizes_of_x("v, x = np.unique(np.zeros((7, 2)), return_counts=True)") == ("?",)


def test_one_truth_value_as_an_index() -> None:
    assert sizes_of_x("x = np.float64(3)[np.array(True)]") in (("?",), "?")
    assert sizes_of_x("x = np.zeros((2, 3))[np.zeros((), dtype=bool)]") == ("?", 2, 3)


IN_A_MODEL = "x_in = Input((10, 32))\nb = tf.shape(x_in)[0]\n"


@pytest.mark.parametrize(
    ("code", "sizes"),
    [
        ("x = tf.reshape(x_in, (b * 4, -1, 8))", ("?", 10, 8)),
        ("x = tf.reshape(tf.reshape(x_in, (b * 4, 10, 8)), (b, 10, 32))", (None, 10, 32)),
        ("x = tf.reshape(x_in, (b, 320))", (None, 320)),
        ("x = tf.reshape(x_in, (b * 4 // 4, 320))", (None, 320)),
        ("x = tf.zeros((b, 3))", (None, 3)),
        ("x = tf.tile(tf.zeros((1, 3)), [b, 1])", (None, 3)),
        ("x = np.zeros((500, 1, 32))[:b]", ("?", 1, 32)),
        ("x = tf.range(b)", (None,)),
        ("x = np.zeros((500, 32))[: x_in.shape[0]]", (500, 32)),
    ],
)
def test_the_free_batch_is_a_number_while_the_program_runs(code: str, sizes: object) -> None:
    assert sizes_of_x(IN_A_MODEL + code) == sizes
