"""Which Python files are read at all."""

from __future__ import annotations

import pytest

from layoutlint.run.inputs import KERAS_WORDS


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("from keras import layers", True),
        ("import tensorflow as tf", True),
        ("from network import build\nbuild(11).load_weights('it.weights.h5')", True),
        ("from network import build\nbuild().fit(scaler.transform(x), y, epochs=3)", True),
        ("from tflite_runtime.interpreter import Interpreter", True),
        ("from network import build\nbuild().fit(x, y)", False),
        ("import torch\nepochs = 3\n", False),
        ("parser.add_argument('--epochs')\nmodel.load_state_dict(weights)", False),
    ],
)
def test_words(text: str, is_read: bool) -> None:
    assert bool(KERAS_WORDS.search(text.encode())) == is_read
