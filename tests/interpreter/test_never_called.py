"""A layer or model of the program's own class that nobody calls is followed by itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from layoutlint.explain.weights import weights
from layoutlint.model.graph import Graph
from layoutlint.model.sizes import Expression, Size
from tests.interpreter.snippets import UNKNOWN, fits, graph_of

NET = """
import keras

class Block(keras.layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.conv = keras.layers.Conv2D(filters, 3, padding="same")

    def call(self, x, training=None):
        return keras.ops.relu(self.conv(x))


class Net(keras.Model):
    def __init__(self, depth, classes):
        super().__init__()
        self.blocks = [Block(8 * 2**i) for i in range(depth)]
        self.pool = keras.layers.GlobalAveragePooling2D()
        self.out = keras.layers.Dense(classes)

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return self.out(self.pool(x))
"""
MADE = {
    "in a function": "def small():\n    return Net(2, 10)",
    "in the module": "net = Net(3, 5)",
    "in a list": "nets = [Net(depth, 4) for depth in (1, 2)]",
    "by another object": "class Trainer:\n    def __init__(self):\n        self.net = Net(2, 7)",
}


def kernels(graph: Graph) -> list[Any]:
    """The shapes of the kernels of all layers that are called, in order."""
    found = [weights(call) for call in graph.calls if call.layer.class_name in ("Conv2D", "Dense")]
    return [_known(each["kernel"]) if each else UNKNOWN for each in found]


def _known(kernel: Iterable[Size]) -> tuple[Any, ...]:
    return tuple(UNKNOWN if isinstance(size, Expression) else size for size in kernel)


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_of_what_is_made(made: str) -> None:
    np = pytest.importorskip("numpy")
    pytest.importorskip("keras")
    scope: dict[str, Any] = {"__name__": "nets"}
    exec(NET, scope)
    before = scope["Net"].__init__
    nets: list[Any] = []

    def noted(net: Any, *arguments: Any) -> None:
        before(net, *arguments)
        nets.append(net)

    scope["Net"].__init__ = noted
    exec(made, scope)
    for name in ("small", "Trainer"):
        if name in scope:
            scope[name]()
    real = []
    for net in nets:
        net(np.zeros((1, 16, 16, 3)))
        real += [tuple(weight.shape) for weight in net.weights if len(weight.shape) > 1]
    found = kernels(graph_of(NET + made))
    assert len(found) == len(real)
    assert all(fits(inferred, each) for inferred, each in zip(found, real, strict=True))
    assert found[-1] == real[-1]


CALLED = {
    "once": "net = Net(2, 10)\nnet(keras.Input((16, 16, 3)))",
    "built": "net = Net(2, 10)\nnet.build((None, 16, 16, 3))",
    "by its method": "net = Net(2, 10)\nmodel = keras.Model(x := keras.Input((16, 16, 3)), net.call(x))",
    "one of two": (
        "from elsewhere import flag\n"
        "if flag:\n    net = Net(2, 10)\nelse:\n    net = Net(2, 10)\n"
        "net.build((None, 16, 16, 3))"
    ),
    "in a Sequential": "net = keras.Sequential([keras.Input((16, 16, 3)), Net(2, 10)])",
}


@pytest.mark.parametrize("called", CALLED.values(), ids=CALLED)
def test_of_what_is_called(called: str) -> None:
    assert kernels(graph_of(NET + called)) == [(3, 3, 3, 8), (3, 3, 8, 16), (16, 10)]


def test_of_what_is_made_under_a_condition() -> None:
    graph = graph_of(f"{NET}def made(deep):\n    return Net(3, 2) if deep else Net(1, 2)")
    assert {call.conditions for call in graph.calls} == {("deep",), ("not (deep)",)}


def test_of_what_another_module_makes(tmp_path: Path) -> None:
    (tmp_path / "zoo.py").write_text(NET + "nets = [Net(2, 10), Net(3, 10)]", encoding="utf-8")
    path = tmp_path / "train.py"
    path.write_text("import keras\nfrom zoo import nets\nnets[0](keras.Input((16, 16, 3)))", encoding="utf-8")
    graph = graph_of(path.read_text(encoding="utf-8"), path)
    assert kernels(graph) == [(3, 3, 3, 8), (3, 3, 8, 16), (16, 10)]
