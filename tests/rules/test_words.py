"""What rules say is the program's own code, and what they mark is the name and the argument at fault."""

from __future__ import annotations

import textwrap

import pytest

from layoutlint.engine.examples import examples_of, read
from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.readers import source

RULES = builtin()
IMPORTS = """\
import cv2
import keras
import numpy as np
import tensorflow as tf
from keras import Input, Sequential
from keras.layers import *
"""


def only(rule, text):
    graph = source.read(IMPORTS + textwrap.dedent(text), "train.py")
    (finding,) = (found for found in judge(graph, RULES) if found.rule == rule)
    return finding


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_no_tip_holds_a_question_mark(rule):
    for example in examples_of(rule):
        for finding in judge(read(example), RULES):
            assert "?" not in (finding.tip or ""), f"{example.path}:{example.line}"
            assert "?" not in (finding.interpretation or ""), f"{example.path}:{example.line}"


TIPS = [
    # a size that only the program knows has the name of its variable
    (
        "channels-first-input",
        """
        side = int(input())
        Sequential([Input((3, side, side)), Conv2D(8, 3)])
        """,
        "put the channels last, in the data too (np.transpose, not reshape): shape (side, side, 3)",
    ),
    (
        "reshape-as-transpose",
        """
        (images, _), _ = keras.datasets.cifar10.load_data()
        images = images.reshape(images.shape[0], 3, 32, 32)
        """,
        "to move axes, transpose: images.transpose(0, 3, 1, 2)",
    ),
    (
        "reshape-as-transpose",
        "x = LSTM(4)(tf.reshape(Input((128, 9)), (-1, 9, 128)))",
        "to move axes, transpose: tf.transpose(Input((128, 9)), (0, 2, 1))",
    ),
    (
        "missing-channel-axis",
        """
        (digits, _), _ = keras.datasets.mnist.load_data()
        tf.image.resize(digits[0], (32, 32))
        """,
        "add a channel axis: digits[0][..., None]",
    ),
    (
        "samples-as-steps",
        """
        X_test = np.load("test.npy")
        Sequential([Input((X_test.shape[0], X_test.shape[1])), LSTM(8)])
        """,
        "declare the shape of one sample: X_test.shape[1:], or (X_test.shape[1], 1) for a table",
    ),
    (
        "labels-with-categorical-loss",
        """
        (x, digits), _ = keras.datasets.mnist.load_data()
        model = Sequential([Input((28, 28)), Flatten(), Dense(10, activation="softmax")])
        model.compile("adam", "categorical_crossentropy")
        model.fit(x, digits)
        """,
        "use sparse_categorical_crossentropy, or one-hot labels: keras.utils.to_categorical(digits)",
    ),
    (
        "set-weights-shape",
        """
        layer = Conv2D(16, 5)
        layer(Input((32, 32, 3)))
        layer.set_weights([np.zeros((16, 3, 5, 5)), np.zeros(16)])
        """,
        "transpose it: np.transpose(kernel, (2, 3, 1, 0)); PyTorch stores the outputs first, Keras last",
    ),
]


@pytest.mark.parametrize(("rule", "text", "tip"), TIPS)
def test_a_tip_can_be_typed_as_it_is(rule, text, tip):
    assert only(rule, text).tip == tip


def test_a_declared_shape_is_shown_as_it_is_written():
    text = """
    X = keras.preprocessing.sequence.pad_sequences(keras.preprocessing.text.Tokenizer().texts_to_sequences(t))
    Sequential([LSTM(64, input_shape=(X.shape[1], 1)), Dense(1)])
    """
    finding = only("tokens-without-embedding", text)
    assert finding.interpretation == "LSTM: (batch, steps, input_dim=1)"
    assert "input_shape=(X.shape[1], 1) is declared here" in [said.message for said in finding.evidence]


def test_a_part_of_an_array_is_not_what_the_call_returns():
    text = """
    model = Sequential([Input((64, 64, 3)), Flatten(), Dense(1)])
    interpreter = tf.lite.Interpreter(model_content=tf.lite.TFLiteConverter.from_keras_model(model).convert())
    for image in np.zeros((10, 64, 64, 3)):
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image)
    """
    said = [witness.message for witness in only("interpreter-input", text).evidence]
    assert "np.zeros returns (64, 64, 3)" not in said
    assert "the data has the shape (64, 64, 3)" in said


def test_an_error_is_that_of_the_library_that_raises_it():
    text = """
    X = np.zeros((10, 120, 160, 3))
    X[0] = np.zeros((160, 120, 3))
    """
    (quoted,) = (said for said in only("stored-in-other-shape", text).evidence if said.quoted is not None)
    assert quoted.speaker == "numpy"


MARKED = [
    ("permute-from-zero", "Permute((0, 2, 1))(Input((9, 128)))", ["Permute", "(0, 2, 1)"]),
    (
        "expand-before-batch",
        "Dense(1)(keras.ops.expand_dims(Input((28,)), 0))",
        ["keras.ops.expand_dims", "0"],
    ),
    ("softmax-over-one", 'Dense(1, "softmax")(Input((9,)))', ["Dense", '"softmax"']),
    (
        "swapped-image-size",
        "HEIGHT, WIDTH = 120, 160\ncv2.resize(cv2.imread(name), (HEIGHT, WIDTH))\nInput((HEIGHT, WIDTH, 3))",
        ["cv2.resize", "(HEIGHT, WIDTH)"],
    ),
    ("strides-by-position", "Conv2D(96, 11, 11)(Input((99, 99, 3)))", ["Conv2D", "11"]),
    (
        "concatenate-axis",
        "x = Input((9, 9, 3))\nConcatenate(1)([Conv2D(8, 3)(x), Conv2D(8, 3)(x)])",
        ["Concatenate", "1"],
    ),
    (
        "reshape-as-transpose",
        "z = np.zeros((50, 32, 32, 3)).reshape(-1, 3, 32, 32)",
        ["reshape", "-1", "3", "32", "32"],
    ),
]


@pytest.mark.parametrize(("rule", "text", "marked"), MARKED)
def test_the_argument_at_fault_is_marked_wherever_it_is_written(rule, text, marked):
    lines = (IMPORTS + text).splitlines()
    places = only(rule, text).focus
    assert [lines[place.line - 1][place.column - 1 : place.end_column - 1] for place in places] == marked
