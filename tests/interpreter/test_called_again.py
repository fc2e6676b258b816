"""A model called on another shape than its own, in Keras 2 and 3, against both."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tf_keras

from layoutlint.model.keras_version import KerasVersion
from layoutlint.readers import source

REAL = {2: tf_keras, 3: keras}
MODELS = {
    "functional": "i = keras.Input((8, 5))\nm = keras.Model(i, layers.Dense(4)(i))",
    "declared": "m = keras.Sequential([keras.Input((8, 5)), layers.Dense(4)])",
    "declared by a layer": "m = keras.Sequential([layers.Dense(4, input_shape=(8, 5))])",
    "built by a call": "m = keras.Sequential([layers.Dense(4)])\nm(keras.Input((8, 5)))",
    "built on data": "m = keras.Sequential([layers.Dense(4)])\nm(np.zeros((2, 8, 5)))",
    "built by itself": "m = keras.Sequential([layers.Dense(4)])\nm.build((None, 8, 5))",
}
GIVEN = [
    "keras.Input((8, 5))",
    "keras.Input((5,))",
    "keras.Input((3, 8, 5))",
    "np.zeros((2, 8, 5))",
    "np.zeros((2, 5))",
    "np.zeros((2, 3, 8, 5))",
    "keras.Input((8, 6))",
    "np.zeros((2, 8, 6))",
]


def truth(version: int, program: str) -> tuple[int | None, ...] | None:
    """The shape of ``y`` when a real Keras runs a program; None where it raises."""
    names: dict[str, Any] = {"keras": REAL[version], "layers": REAL[version].layers, "np": np}
    try:
        exec(program, names)
    except ValueError:
        return None
    return tuple(names["y"].shape)


def inferred(version: int, program: str) -> tuple[int | None, ...] | None:
    """The shape that the last call of a program has; None where it is refused."""
    keras_version: Any = version
    text = f"import keras\nimport numpy as np\nfrom keras import layers\n{program}\n"
    graph = source.read(text, "train.py", keras=KerasVersion(keras_version, "the test says so"))
    last = graph.calls[-1]
    if last.error is not None:
        return None
    (output,) = last.output_tensors
    assert output.shape is not None
    return output.shape.sizes


@pytest.mark.parametrize("version", REAL)
@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_what_each_version_makes_of_it(model: str, given: str, version: int) -> None:
    program = f"{model}\ny = m({given})"
    assert inferred(version, program) == truth(version, program)
