"""A model used as a layer on other inputs than its own, against real Keras: symbolic tensors and data."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers

from layoutlint.inference import layer_call
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.readers import live

MAKERS = {
    "dense": lambda: layers.Dense(3),
    "relu": lambda: layers.ReLU(),
    "flatten": lambda: layers.Flatten(),
    "conv1d": lambda: layers.Conv1D(2, 3),
}


def functional(shape, maker):
    x = keras.Input(shape)
    return keras.Model(x, MAKERS[maker]()(x))


def sequential(shape, maker):
    return keras.Sequential([layers.Input(shape), MAKERS[maker]()])


SHAPES = [
    # the model's own input, what it is given, its layer
    ((10,), (10,), "dense"),
    ((10,), (10, 1), "dense"),
    ((10,), (10, 1), "relu"),
    ((10,), (12, 1), "relu"),
    ((10,), (12,), "relu"),
    ((10, 1), (10,), "relu"),
    ((10, 1), (12,), "relu"),
    ((10, 1), (10,), "dense"),
    ((10, 1), (10,), "conv1d"),
    ((10, 1), (10, 1, 1), "relu"),
    ((10, 4), (10, 4, 1), "relu"),
    ((10, 4), (10,), "relu"),
    ((10, 4), (10, 5), "relu"),
    ((10, 4), (None, 4), "flatten"),
    ((None, 4), (12, 4), "conv1d"),
    ((None, 4), (2, 4), "conv1d"),
    ((None, None, 1), (8, 8), "relu"),
]


def ours(model, given, adjust_rank=False):
    network = live.read(model).models[-1]
    return layer_call.replay(network, Shape.of(None, *given), adjust_rank=adjust_rank).sizes


@pytest.mark.parametrize("make", [functional, sequential])
@pytest.mark.parametrize(("own", "given", "maker"), SHAPES)
def test_symbolic(make, own, given, maker):
    """Keras 3 takes a symbolic tensor as it is."""
    model = make(own, maker)
    try:
        expected = tuple(model(keras.Input(given)).shape)
    except ValueError:
        with pytest.raises(ShapeError):
            ours(model, given)
    else:
        assert ours(model, given) == expected


@pytest.mark.parametrize(("own", "given", "maker"), SHAPES)
def test_data(own, given, maker):
    """A functional model adjusts the rank of an array in silence."""
    if None in given or given == (2, 4):
        pytest.skip("an array has no free axis, and TensorFlow convolves fewer steps than the kernel has")
    model = functional(own, maker)
    try:
        expected = tuple(model(np.zeros((2, *given), "float32")).shape)
    except Exception:
        with pytest.raises(ShapeError):
            ours(model, given, adjust_rank=True)
    else:
        assert ours(model, given, adjust_rank=True) == (None, *expected[1:])


def test_the_number_of_inputs():
    a, b = keras.Input((3,)), keras.Input((3,))
    network = live.read(keras.Model([a, b], layers.Add()([a, b]))).models[-1]
    with pytest.raises(ShapeError, match=r"expects 2 input\(s\), but it received 1") as raised:
        layer_call.replay(network, Shape.of(None, 3))
    assert raised.value.kind == ErrorKind.STRUCTURE


def test_unknown_input():
    network = live.read(functional((10, 4), "relu")).models[-1]
    assert layer_call.replay(network, None) is None
