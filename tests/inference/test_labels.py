"""What is known of the values of targets, by what made them; numpy and Keras make them, too."""

from __future__ import annotations

import numpy as np
import pytest

from layoutlint.inference.labels import classes_of, is_constant, is_one_hot, labels_of
from layoutlint.readers import source

HEAD = """\
import keras
import numpy as np
from keras.layers import Dense
from keras.utils import to_categorical
np.random.seed(0)
n = 500
drawn = np.random.randint(0, 7, n)
"""


def target_of(expression):
    """The target as the graph knows it."""
    model = "m = keras.Sequential([Dense(1)])\nm.compile('sgd', 'mse')\nm.fit(np.zeros((n, 2)), y)\n"
    (feed,) = source.read(f"{HEAD}{expression}\n{model}", "a.py").feeds
    return feed.targets


def values_of(expression):
    """The array itself."""
    names: dict[str, object] = {}
    exec(HEAD + expression, names)
    return np.asarray(names["y"])


@pytest.mark.parametrize(
    "expression",
    [
        "y = drawn",
        "y = drawn.reshape(-1, 1)",
        "y = drawn.astype('float32')[:400]",
        "y = np.expand_dims(drawn, 1)",
        "y = drawn[np.random.permutation(n)]",
        "y = np.array(drawn)",
        "y = np.random.randint(5, size=n)",
        "y = np.random.default_rng(0).integers(0, 4, size=(n, 3))",
    ],
)
def test_labels_have_as_many_classes_as_are_drawn(expression):
    target = target_of(expression)
    assert labels_of(target) is not None
    assert not is_one_hot(target)
    assert classes_of(target) == len(np.unique(values_of(expression)))


@pytest.mark.parametrize(
    "expression",
    [
        "y = to_categorical(drawn)",
        "y = to_categorical(drawn, 7)",
        "y = to_categorical(drawn.reshape(-1, 1), num_classes=7)",
        "y = np.eye(7)[drawn]",
        "y = np.eye(7)[drawn].astype('uint8')[:100]",
        "y = keras.ops.one_hot(drawn, 7)",
    ],
)
def test_rows_have_one_value_for_each_class(expression):
    target = target_of(expression)
    assert is_one_hot(target)
    values = values_of(expression)
    assert classes_of(target) == values.shape[-1]
    assert (values.sum(axis=-1) == 1).all()


@pytest.mark.parametrize(
    "expression",
    [
        "y = drawn[drawn > 2]",
        "y = drawn % 2",
        "y = np.where(drawn > 3, 1, 0)",
        "y = drawn == 3",
        "y = drawn + 1",
        "y = drawn.astype(bool)",
        "y = drawn.copy()\ny[y > 3] = 3",
        "drawn[0] = 9\ny = drawn",
        "y = np.random.randint(1, 7, n)",
        "y = np.random.rand(n)",
    ],
)
def test_nothing_is_claimed_of_values_that_were_changed(expression):
    assert classes_of(target_of(expression)) is None


@pytest.mark.parametrize(
    ("expression", "constant"),
    [
        ("y = np.ones((n, 1))", True),
        ("y = -np.ones((n, 1)) * 0.9", True),
        ("y = np.full((n, 1), 0.1)", True),
        ("y = np.zeros_like(drawn)", True),
        ("y = 1 - np.ones(n)", True),
        ("y = drawn * 1.0", False),
        ("y = np.random.rand(n)", False),
        ("y = np.ones(n) * drawn", False),
    ],
)
def test_all_values_are_the_same(expression, constant):
    assert is_constant(target_of(expression)) is constant
    assert (len(np.unique(values_of(expression))) == 1) is constant
