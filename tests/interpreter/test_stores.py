"""``X[i] = x`` is noted exactly where numpy refuses it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tests.interpreter.snippets import graph_of

SHAPES = [shape for rank in range(1, 4) for shape in product((1, 2, 3), repeat=rank)]


def refused(code: str) -> list[str]:
    graph = graph_of(f"import keras\nimport numpy as np\n{code}\nkeras.Input((3,))\n")
    return [str(call.error) for call in graph.calls if call.layer.class_name == "store"]


def stops(slot: tuple[int, ...], given: tuple[int, ...]) -> bool:
    try:
        np.zeros((5, *slot))[0] = np.ones(given)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("slot", SHAPES[::3])
def test_as_numpy_does(slot: tuple[int, ...]) -> None:
    stores = "".join(f"X[0] = np.ones({given})\n" for given in SHAPES)
    assert len(refused(f"X = np.zeros((5, *{slot}))\n{stores}")) == sum(
        stops(slot, given) for given in SHAPES
    )


@pytest.mark.parametrize(
    "key",
    ["1:3", "[0, 1]", "mask", "np.arange(5) > 2", "'x'", "0, 0", "...", "None", "True", "-1:", "i, :, 0"],
)
def test_other_keys_are_left_alone(key: str) -> None:
    assert refused(f"X = np.zeros((5, 4, 3))\nX[{key}] = np.ones((2, 3, 4))") == []


@pytest.mark.parametrize(
    "code",
    [
        "X = np.zeros((n, 4, 3))\nfor i in range(n):\n    X[i] = np.ones((3, 4))",
        "X = np.zeros((len(paths), 4, 3))\nfor i, p in enumerate(paths):\n    X[i] = np.ones((3, 4))",
        "X = np.zeros((5, 4, 3))\ni = 0\nwhile i < unknown:\n    X[i] = np.ones((3, 4))\n    i += 1",
    ],
)
def test_in_loops(code: str) -> None:
    assert refused(code)[0] == "could not broadcast input array from shape (3, 4) into shape (4, 3)"


def test_what_is_not_known_is_not_refused() -> None:
    assert refused("X = np.zeros((5, h, 3))\nX[0] = np.ones((7, 3))\nX[1] = np.ones((w, 3))") == []
    assert refused("X = unknown\nX[0] = np.ones((7, 3))") == []
