"""The program's own callbacks: what they do with the model that is trained."""

from __future__ import annotations

import pytest

from tests.interpreter.snippets import graph_of, rules_of

PROGRAM = """
import numpy as np
import keras


class Watch(keras.callbacks.Callback):
    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x, y

    def {hook}(self, {parameters}logs=None):
        {does}


x, y = np.random.rand(64, 20, 3), np.random.rand(64)
{model}
model.compile("adam", "mse")
model.fit(x, y, callbacks=[{callback}])
{after}
"""
SEQUENTIAL = (
    "model = keras.Sequential([keras.layers.Input((20, 3)), keras.layers.LSTM(4), keras.layers.Dense(1)])"
)
OWN = """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn, self.out = keras.layers.LSTM(4), keras.layers.Dense(1)

    def call(self, x):
        return self.out(self.rnn(x))


model = Net()
"""
PAIRS = "print(np.mean((self.model.predict(self.x) - self.y) ** 2))"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ["samples-against-samples"]),
        ({"model": OWN}, ["samples-against-samples"]),
        ({"hook": "on_train_end", "parameters": ""}, ["samples-against-samples"]),
        ({"does": "self.model.predict(self.x[0])"}, ["missing-sample-axis"]),
        ({"does": "print(np.mean((self.model.predict(self.x)[:, 0] - self.y) ** 2))"}, []),
        ({"does": "raise RuntimeError", "after": "model.predict(x[0])"}, ["missing-sample-axis"]),
        ({"callback": "keras.callbacks.EarlyStopping()"}, []),
        ({"callback": "*others"}, []),
    ],
)
def test_what_a_callback_does(changed: dict[str, str], expected: list[str]) -> None:
    usual = {
        "hook": "on_epoch_end",
        "parameters": "epoch, ",
        "does": PAIRS,
        "model": SEQUENTIAL,
        "callback": "Watch(x, y)",
        "after": "",
    }
    assert rules_of(graph_of(PROGRAM.format(**usual | changed))) == expected
