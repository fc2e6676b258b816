"""Names from modules that are not there: they may be anything, and are no mistake."""

from __future__ import annotations

import pytest

from layoutlint import check_source
from tests.interpreter.snippets import UNKNOWN, sizes_of_x

PREAMBLE = """import constants as C
import numpy as np
import tensorflow as tf
import wandb
from absl import flags
from keras import Input, Model, Sequential, layers
from keras.utils import pad_sequences, to_categorical
from settings import CLASSES, UNITS, Width
FLAGS = flags.FLAGS
"""
QUIET = [
    "Sequential([Input((4,)), layers.Dense(wandb.config.units), layers.Dense(UNITS)])",
    "layers.Dense(FLAGS.units)(Input((4,)))",
    "Sequential([layers.Embedding(C.VOCABULARY, C.WIDTH), layers.LSTM(C.UNITS)])",
    "Sequential([layers.Dense(4, input_dim=C.DIM), layers.Dense(2)])",
    "x = pad_sequences([[1, 2]], maxlen=C.MAXLEN)\nlayers.LSTM(3)(layers.Embedding(9, 4)(x))",
    "for i in range(2):\n    layers.Dense(CLASSES[i])(Input((4,)))",
    "layers.Dense(Width)(Input((4,)))",
    "layers.Dense(int(UNITS))(Input((4,)))",
    "layers.Dense(UNITS * 2 + 1)(Input((C.DIM,)))",
    "layers.Conv2D(8, C.KERNEL, padding=C.PADDING, strides=C.STRIDES)(Input((8, 8, 3)))",
    "layers.Conv1D(8, 3, data_format=C.ORDER)(Input(C.SHAPE))",
    "layers.Reshape(C.SHAPE)(layers.Dense(6)(Input((4,))))",
    "layers.Reshape((C.ROWS, C.COLUMNS))(layers.Dense(6)(Input((4,))))",
    "layers.BatchNormalization(axis=C.AXIS)(Input((8, 8, 3)))",
    "layers.LSTM(4, return_sequences=C.SEQUENCES)(Input((5, 3)))",
    "layers.Lambda(C.function)(Input((4,)))",
    "layers.Concatenate(axis=C.AXIS)([Input((4,)), Input((5,))])",
    "to_categorical(np.zeros((4,)), num_classes=CLASSES)",
    "np.concatenate((np.zeros((4, 3)), C.ROWS))",
    "np.dot(np.zeros((4, 3)), C.WEIGHTS)",
    "np.zeros((4, 3)).reshape(C.SHAPE)",
    "tf.reduce_mean(np.zeros((4, 3)), axis=C.AXIS)",
    "m = Sequential([Input((4,)), layers.Dense(UNITS)])\nm.compile(C.OPTIMIZER, C.LOSS)\nm.fit(C.X, C.Y)",
]


@pytest.mark.parametrize("code", QUIET)
def test_an_outside_name_is_no_wrong_argument(code):
    report = check_source(PREAMBLE + code + "\n")
    assert [finding.message for finding in report.findings] == []
    assert [each.status for each in report.inputs] == ["checked"]


BOTH_SIDES = [
    "C.FLAG",
    "not C.FLAG",
    "C.FLAG is True",
    "C.WEIGHTS is None",
    "C.MODE == C.TRAINING",
    "C.MODE != 'training'",
    "C.MODE in {'training': 1}",
    "C.MODE in ['training']",
    "isinstance(C.MODE, str)",
    "{'training': True}.get(C.MODE, False)",
    "C.WIDTH > 3",
]


@pytest.mark.parametrize("condition", BOTH_SIDES)
def test_a_condition_on_an_outside_name_may_go_either_way(condition):
    code = f"import constants as C\nx = Input((3,)) if {condition} else Input((4,))\n"
    assert sizes_of_x(code) == (None, UNKNOWN)


CERTAIN = [
    ("tf is not None", 3),
    ("keras.layers.Dense is keras.layers.Dense", 3),
    ("keras.layers.Dense is keras.layers.Conv1D", 4),
    ("np.float32 == np.float64", 4),
    ("C.MODE == C.MODE", 3),
    ("C is None", 4),
]


@pytest.mark.parametrize(("condition", "size"), CERTAIN)
def test_a_module_or_class_is_itself_and_not_none(condition, size):
    code = f"import keras\nimport constants as C\nx = Input((3,)) if {condition} else Input((4,))\n"
    assert sizes_of_x(code) == (None, size)


def test_an_outside_number_is_the_same_number_each_time():
    report = check_source(f"{PREAMBLE}layers.Reshape((C.SIZE, 2))(Input((2, C.SIZE)))\n")
    assert [finding.rule for finding in report.findings] == ["reshape-as-transpose"]
    assert "constants.SIZE" in report.findings[0].message


SHOWN = [
    ("tf.nn.relu", "tensorflow.nn.relu"),
    ("build", "build"),
    ("Block", "Block"),
    ("Block().call", "call"),
    ("layers.Dense(2)", "Dense(…)"),
    ("pd.read_csv('x.csv')", "pandas.DataFrame(…)"),
]


@pytest.mark.parametrize(("argument", "shown"), SHOWN)
def test_a_message_shows_a_wrong_argument_by_its_name(argument, shown):
    program = (
        "import pandas as pd\ndef build(): ...\nclass Block:\n    def call(self): ...\n"
        f"layers.Dense({argument})(Input((3,)))\n"
    )
    messages = [finding.message for finding in check_source(PREAMBLE + program).findings]
    assert messages == [f"Dense: units={shown} must be a positive integer"]
