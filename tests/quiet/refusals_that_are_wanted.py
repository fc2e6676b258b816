# the test wants the error, and the layer that raises it stands in the model's own call
import contextlib

import keras
import numpy as np
import pytest
from helpers import refusals


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        three = keras.Input((3,))
        self.inner = keras.Model(three, keras.layers.Dense(4)(three))

    def call(self, x):
        return self.inner(x)


def test_two_columns_are_refused():
    net = Net()
    with pytest.raises(ValueError):
        net(np.zeros((10, 2)))


def test_two_columns_are_passed_over():
    with contextlib.suppress(ValueError):
        Net()(np.zeros((10, 2)))
    with refusals.expected((TypeError, ValueError)):
        Net()(np.zeros((10, 2)))
