"""Each layer that a graph lists is the one that its calls use, whatever the program's class inherits from."""

from __future__ import annotations

import pytest

from layoutlint.run.inputs import coverage
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


ONE_OF_TWO = {
    "a function": (
        "def made(flag):\n"
        "    kind = keras.layers.Dense if flag else keras.layers.Dense\n"
        "    return kind(4)\n"
        "made(flag)(x)"
    ),
    "an attribute": (
        "class Own(keras.layers.Layer):\n"
        "    def __init__(self, flag):\n"
        "        super().__init__()\n"
        "        kind = keras.layers.Dense if flag else keras.layers.Dense\n"
        "        self.dense = kind(4)\n"
        "    def call(self, x):\n"
        "        return self.dense(x)\n"
        "Own(flag)(x)"
    ),
    "a loop": "for _ in flag:\n    dense = keras.layers.Dense(4)\ndense(x)",
}


@pytest.mark.parametrize("code", ONE_OF_TWO.values(), ids=ONE_OF_TWO)
def test_is_called_where_it_is_one_of_a_few(code: str) -> None:
    graph = graph_of(f"import keras\nfrom elsewhere import flag\nx = keras.Input((8,))\n{code}\n")
    called = {id(layer) for call in graph.calls for layer in call.layer.possible}
    assert all(id(layer) in called for layer in graph.layers)
    found = coverage(graph, "program.py", "source")
    assert (found.known, found.unknown) == (found.layers, 0)


@pytest.mark.parametrize("module", ["keras", "keras.layers", "keras.engine", "keras.engine.topology"])
def test_a_description_of_an_input_is_no_layer(module: str) -> None:
    graph = graph_of(
        f"import keras\nfrom {module} import InputSpec\n"
        "class Own(keras.layers.Layer):\n"
        "    def build(self, input_shape):\n"
        "        self.input_spec = [InputSpec(shape=input_shape)]\n"
        "    def call(self, x):\n"
        "        return x\n"
        "Own()(keras.Input((8,)))\n"
    )
    assert [layer.class_name for layer in graph.layers] == ["Own", "InputLayer"]
