"""Each layer that a graph lists is the one that its calls use, whatever the program's class inherits from."""

from __future__ import annotations

import pytest

from tests.interpreter.snippets import graph_of

CLASSES = {
    "neither": ("class Own(keras.layers.Dense):\n    pass", ["Dense"]),
    "__init__": (
        "class Own(keras.layers.Dense):\n"
        "    def __init__(self, units):\n"
        "        super().__init__(units, activation='relu')",
        ["Dense"],
    ),
    "call": ("class Own(keras.layers.Dense):\n    def call(self, x):\n        return x[..., :2]", ["Own"]),
    "call of the base": (
        "class Own(keras.layers.Dense):\n    def call(self, x):\n        return super().call(x) + 1",
        ["Own", "Dense"],
    ),
    "both": (
        "class Own(keras.layers.Dense):\n"
        "    def __init__(self, units):\n"
        "        super().__init__(units)\n"
        "        self.other = keras.layers.Dense(units)\n"
        "    def call(self, x):\n"
        "        return super().call(x) + self.other(x)",
        ["Own", "Dense", "Dense"],
    ),
    "its own name": (
        "class Dense(keras.layers.Dense):\n"
        "    def call(self, x):\n"
        "        return super().call(x) + 1\n"
        "Own = Dense",
        ["Dense of the program", "Dense"],
    ),
}


@pytest.mark.parametrize(("defined", "names"), CLASSES.values(), ids=CLASSES)
@pytest.mark.parametrize(
    "made", ["Own(4)(x)", "own = Own(4)\nown(x)\nown(x)", "keras.Sequential([x, Own(4)])"]
)
def test_is_called(made: str, defined: str, names: list[str]) -> None:
    graph = graph_of(f"import keras\n{defined}\nx = keras.Input((8,))\n{made}\n")
    listed = [layer for layer in graph.layers if layer.kind == "layer"]
    assert sorted(layer.class_name for layer in listed) == sorted(names)
    called = {id(call.layer) for call in graph.calls}
    assert all(id(layer) in called for layer in listed)
