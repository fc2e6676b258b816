"""A layer that a program has built is not built again when it is called, as in Keras."""

from __future__ import annotations

from typing import Any

import pytest

from tests.interpreter.snippets import graph_of

OWN = """import keras
class Own(keras.layers.Layer):
    def build(self, input_shape):
        self.dense = keras.layers.Dense(input_shape[-1] * 2)
        {end}
    def call(self, x):
        return self.dense(x)
own = Own()
"""
ENDS = ["self.built = True", "super().build(input_shape)", "super(Own, self).build(input_shape)", "pass"]
USES = {
    "called": "own(x)",
    "called twice": "own(x)\nown(x)",
    "built and called": "own.build(x.shape)\nown(x)",
    "built for another size": "own.build((None, 2))\nown(x)",
    "in a Sequential": "keras.Sequential([x, own])",
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_units_of_its_layer(use: str, end: str) -> None:
    code = f"{OWN.format(end=end)}x = keras.Input((4,))\n{use}\n"
    scope: dict[str, Any] = {"__name__": "program"}
    exec(code, scope)
    made = [layer for layer in graph_of(code).layers if layer.class_name == "Dense"]
    if end == "pass" and "build(" in use:
        # Keras 2 builds it again, Keras 3 does not
        assert scope["own"].dense.units in {layer.config["units"] for layer in made}
    else:
        assert [layer.config["units"] for layer in made] == [scope["own"].dense.units]
