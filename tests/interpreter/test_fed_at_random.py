"""Random data into small models: refused exactly where Keras raises, and never where it runs."""

from __future__ import annotations

import random

import pytest

from layoutlint.readers.source import read

IMPORTS = """
import numpy as np, keras
from keras import layers
from keras.layers import *
from keras.models import Model, Sequential
"""
SIZES = (1, 2, 3, 5)

BODIES = {
    1: (
        ["Dense(2)"],
        ["BatchNormalization()", "Dense(2)"],
        ["LayerNormalization()"],
        ["Embedding(9, 2)", "LSTM(2)"],
        ["Embedding(9, 2)", "Flatten()", "Dense(1)"],
        ["Reshape((1, -1))", "SimpleRNN(2)"],
        ["Dropout(0.5)", "Sequential([Dense(2), Dense(1)])"],
        ["RepeatVector(3)", "GRU(2)"],
    ),
    2: (
        ["LSTM(2)", "Dense(1)"],
        ["Bidirectional(GRU(2))"],
        ["Conv1D(2, 2, padding='same')", "GlobalMaxPooling1D()"],
        ["Conv1D(2, 1)", "Flatten()", "Dense(1)"],
        ["Flatten()", "Dense(2)"],
        ["Dense(2)"],
        ["TimeDistributed(Dense(2))"],
        ["LayerNormalization()", "GlobalAveragePooling1D()"],
        ["BatchNormalization()", "Activation('relu')"],
        ["Permute((2, 1))", "SimpleRNN(2)"],
        ["MaxPooling1D(1)", "Conv1D(1, 1)"],
        ["Reshape((-1,))", "Dense(1)"],
        ["Sequential([Conv1D(2, 1), GlobalMaxPooling1D()])"],
        ["PReLU()", "Flatten()"],
    ),
    3: (
        ["Conv2D(2, 2, padding='same')", "GlobalAveragePooling2D()", "Dense(1)"],
        ["Conv2D(2, 1)", "Flatten()", "Dense(1)"],
        ["Flatten()", "Dense(1)"],
        ["DepthwiseConv2D(2, padding='same')", "Conv2D(1, 1)"],
        ["SeparableConv2D(2, 1)", "BatchNormalization()"],
        ["Conv2DTranspose(2, 2)", "GlobalMaxPooling2D()"],
        ["TimeDistributed(LSTM(2))", "LSTM(1)"],
        ["TimeDistributed(Conv1D(2, 1))"],
        ["UpSampling2D()", "Conv2D(1, 2)"],
        ["ZeroPadding2D(1)", "Conv2D(1, 3)", "PReLU(shared_axes=[1, 2])"],
    ),
}


def program(seed: int) -> str:
    """A model, functional or Sequential, and data that often nearly fit."""
    chosen = random.Random(seed)
    rank = chosen.choice((1, 2, 3))
    shape = [chosen.choice(SIZES) for _ in range(rank)]
    body = chosen.choice(BODIES[rank])
    data = [4, *shape]
    for _ in range(chosen.choice((0, 1, 1, 2))):
        change = chosen.choice(("size", "longer", "shorter", "sample", "turn", "one"))
        if change == "size" and len(data) > 1:
            data[chosen.randrange(1, len(data))] = chosen.choice(SIZES)
        elif change == "longer":
            data.append(chosen.choice((1, 1, 2)))
        elif change == "shorter" and len(data) > 1:
            data.pop()
        elif change == "sample" and len(data) > 1:
            del data[0]
        elif change == "turn":
            data[1:] = chosen.sample(data[1:], len(data) - 1)
        elif change == "one":
            data.insert(1, 1)
    if chosen.random() < 0.5:
        model = f"model = Sequential([Input({tuple(shape)}), {', '.join(body)}])"
    else:
        calls = "\n".join(f"y = {layer}(y)" for layer in body)
        model = f"x = y = Input({tuple(shape)})\n{calls}\nmodel = Model(x, y)"
    return f"{IMPORTS}{model}\nmodel(np.zeros({tuple(data)}))\n"


def outcome(code: str) -> tuple[bool | None, str | None]:
    """Whether the last line is refused, None if nothing is recorded; with what Keras stops there."""
    feeds = read(code, "program.py").feeds
    model, _, call = code.rstrip().rpartition("\n")
    names: dict[str, object] = {}
    exec(compile(model, "program.py", "exec"), names)
    try:
        exec(compile(call, "program.py", "exec"), names)
    except Exception as problem:
        raised: str | None = f"{type(problem).__name__}: {problem}"
    else:
        raised = None
    return (feeds[-1].call.error is not None if feeds else None), raised


@pytest.mark.parametrize("seed", range(120))
def test_data_are_refused_where_keras_raises(seed: int) -> None:
    code = program(seed)
    try:
        refused, raised = outcome(code)
    except ValueError:
        pytest.skip("the model cannot be built")
    if refused:
        assert raised is not None, f"Keras runs this:\n{code}"
    if raised is not None:
        assert refused, f"Keras stops: {raised[:300]}\n{code}"
