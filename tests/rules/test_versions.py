"""Findings by the version of Keras that a program is for, with Keras 3 and tf_keras as the judges.

Each program is run in both; what one of them refuses is found for that version alone, and is a note of low
confidence where nothing says which version it is.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import keras
import pytest
import tf_keras

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.interpreter.core.budget import Limits
from layoutlint.model.findings import Confidence, Finding, Severity
from layoutlint.model.keras_version import OPEN, KerasVersion
from layoutlint.readers import source

RULES = builtin()
HEAD = "import numpy as np\nimport keras\nfrom keras import layers\n"
ALL, ONLY_2, ONLY_3 = {2, 3}, {2}, {3}

PROGRAMS: dict[str, tuple[set[int], str]] = {
    # the versions that take it, and the program
    "pooling without a size": (ONLY_2, "layers.AveragePooling2D()(keras.Input((28, 28, 1)))"),
    "a Conv1D on four axes": (
        ONLY_2,
        "keras.Sequential([layers.Conv1D(10, 2, input_shape=(28, 28, 1)), layers.Reshape((756, 10))])",
    ),
    "one target for two outputs": (
        ONLY_2,
        "i = keras.Input((4,))\nm = keras.Model(i, [layers.Dense(3)(i), layers.Dense(3)(i)])\n"
        "m.compile('adam', loss=['mse', 'mse'])\nm.fit(np.zeros((8, 4)), np.zeros((8, 3)), verbose=0)",
    ),
    "a depthwise regularizer": (
        ONLY_2,
        "layers.DepthwiseConv2D(3, kernel_regularizer='l2')(keras.Input((28, 28, 1)))",
    ),
    "a fixed batch in a layer": (
        ONLY_2,
        "keras.Sequential([layers.LSTM(4, batch_input_shape=(2, 5, 3), stateful=True)])",
    ),
    "an argument of recurrent layers": (ONLY_2, "layers.Dense(4, implementation=1)(keras.Input((8,)))"),
    "a number in a text": (ONLY_2, "layers.Dense('4')(keras.Input((8,)))"),
    "half of an even number": (ONLY_2, "layers.Dense(64 / 2)(keras.Input((8,)))"),
    "noise of more than 1": (ONLY_2, "layers.GaussianNoise(2.0)(keras.Input((8,)))"),
    "numbers in a list": (
        ONLY_2,
        "model = keras.Sequential([keras.Input((1,)), layers.Dense(1)])\nmodel.predict([4.0], verbose=0)",
    ),
    "rows in a list": (
        ONLY_2,
        "model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])\nmodel.compile('sgd', 'mse')\n"
        "model.fit([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0], verbose=0)",
    ),
    "capitals on symbolic tensors": (ONLY_2, "layers.MaxPool2D(2, padding='VALID')(keras.Input((8, 8, 3)))"),
    "capitals in a Sequential": (
        ONLY_2,
        "keras.Sequential([keras.Input((8, 8, 3)), layers.MaxPool2D(2, padding='VALID')])",
    ),
    "capitals on arrays": (ALL, "layers.MaxPool2D(2, padding='VALID')(np.zeros((1, 8, 8, 3), 'float32'))"),
    "capitals in a model of one's own": (
        ALL,
        "class Net(keras.Model):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.pool = layers.MaxPool2D(2, padding='VALID')\n"
        "    def call(self, x):\n"
        "        return self.pool(x)\n"
        "Net()(np.zeros((1, 8, 8, 3), 'float32'))\n"
        "Net()(keras.Input((8, 8, 3)))",
    ),
    "capitals in a Lambda": (
        ALL,
        "p = layers.MaxPool2D(2, padding='SAME')\nlayers.Lambda(lambda x: p(x))(keras.Input((8, 8, 3)))",
    ),
    "strides and dilation": (
        ONLY_3,
        "layers.SeparableConv2D(4, 3, strides=2, dilation_rate=2)(keras.Input((12, 12, 2)))",
    ),
    "an argument of today": (ONLY_3, "layers.LSTM(4, use_cudnn=False)(keras.Input((12, 2)))"),
    "nonsense": (set(), "layers.Conv2D(4, 3, padding='full')(keras.Input((12, 12, 2)))"),
    "too few axes": (set(), "layers.Conv2D(4, 3)(keras.Input((12,)))"),
    "what all take": (ALL, "layers.Conv2D(4, 3, padding='SAME')(keras.Input((12, 12, 2)))"),
}


def runs(library: ModuleType, program: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setitem(sys.modules, "keras", library)
    try:
        exec(compile(HEAD + program, "program.py", "exec"), {"__name__": "__main__"})
    except Exception:
        return False
    return True


def found(program: str, number: Any) -> list[Finding]:
    version = OPEN if number is None else KerasVersion(number, "it is asked for")
    graph = source.read(HEAD + program, "program.py", keras=version)
    return judge(graph, RULES)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_refusal_is_found_for_the_versions_that_refuse(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, program = PROGRAMS[name]
    for number, library in ((3, keras), (2, tf_keras)):
        with monkeypatch.context() as patched:
            assert runs(library, program, patched) == (number in taken), f"Keras {number}"
        findings = found(program, number)
        assert bool(findings) == (number not in taken), f"Keras {number}: {findings}"
        for finding in findings:
            assert finding.severity is Severity.ERROR
            if taken:
                assert f"Keras {number} refuses" in finding.message
                assert finding.keras is not None
                assert number in finding.keras.versions
                assert (finding.keras.known, finding.keras.reason) == (True, "it is asked for")
            else:
                assert finding.keras is None


OF_UNKNOWN_VERSION = [
    # a hint says the version of the others
    name
    for name in PROGRAMS
    if name
    not in (
        "a depthwise regularizer",
        "a fixed batch in a layer",
        "an argument of today",
        "an argument of recurrent layers",
    )
]


@pytest.mark.parametrize("name", OF_UNKNOWN_VERSION)
def test_what_nobody_knows_the_version_of_is_a_note(name: str) -> None:
    taken, program = PROGRAMS[name]
    findings = found(program, None)
    assert bool(findings) == (taken != ALL)
    for finding in findings:
        if not taken:
            assert finding.severity is Severity.ERROR
            continue
        assert (finding.severity, finding.confidence) == (Severity.NOTE, Confidence.LOW)
        assert f"Keras {5 - next(iter(taken))} refuses" in finding.message
        assert finding.keras is not None
        assert not finding.keras.known


IMAGES = """
{before}
(x, y), _ = keras.datasets.{name}.load_data()
model = keras.Sequential([
    keras.Input({shape}), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(100, activation="softmax")
])
model.compile("sgd", "sparse_categorical_crossentropy")
model.fit(x, y)
"""


@pytest.mark.parametrize("name", ["cifar10", "cifar100"])
@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize(
    ("before", "shape", "quiet"),
    [
        ("", (32, 32, 3), True),
        ("", (3, 32, 32), False),
        ("keras.backend.set_image_data_format('channels_first')", (3, 32, 32), True),
        ("keras.backend.set_image_data_format('channels_first')", (32, 32, 3), False),
    ],
)
def test_pictures_come_in_the_configured_order(
    name: str, number: int, before: str, shape: tuple[int, ...], quiet: bool
) -> None:
    assert (found(IMAGES.format(name=name, before=before, shape=shape), number) == []) == quiet


KERAS_1 = """
from keras.layers import BatchNormalization, Convolution2D, Dense, Flatten, Input, MaxPooling2D, merge
from keras.models import Model
image = Input(shape={shape})
x = Convolution2D(16, 3, 3, border_mode="same")(image)
x = BatchNormalization(axis={axis})(x)
x = MaxPooling2D((2, 2))(x)
y = Convolution2D(16, 3, 3, border_mode="same")(x)
x = merge([x, y], mode="concat", concat_axis={axis})
model = Model(input=image, output=Dense(10)(Flatten()(x)))
"""


@pytest.mark.parametrize(
    ("shape", "axis", "rules"),
    [
        ("(3, 32, 32)", 1, set()),
        ("(1, rows, columns)", 1, set()),
        ("(3, 16, 16)", 1, set()),
        ("(32, 32, 3)", 3, set()),
        # one of them says otherwise
        ("(3, 32, 32)", 3, {"channels-first-input"}),
        ("(32, 32, 3)", 1, {"normalization-axis"}),
    ],
)
def test_a_program_of_keras_1_may_be_in_theanos_order(shape: str, axis: int, rules: set[str]) -> None:
    graph = source.read(KERAS_1.format(shape=shape, axis=axis), "program.py")
    assert graph.keras.number == 1
    assert {finding.rule for finding in judge(graph, RULES)} & {
        "channels-first-input",
        "normalization-axis",
    } == rules


BY_STEPS = """
from keras.layers import Convolution2D, Dense, Flatten, LSTM, MaxPooling2D, TimeDistributed
from keras.models import Sequential
model = Sequential()
model.add(TimeDistributed(Convolution2D(8, 3, 3, border_mode="same"), input_shape={shape}))
model.add(TimeDistributed(MaxPooling2D((2, 2))))
model.add(TimeDistributed(Flatten()))
model.add(LSTM(16))
"""
ASKS = """
from keras import backend as K
from keras.layers import AveragePooling2D, BatchNormalization, Convolution2D, Input, merge
AXIS = 1 if K.image_dim_ordering() == "th" else {last}
def block(x, filters):
    return BatchNormalization(axis=AXIS)(Convolution2D(filters, 3, 3, border_mode="same")(x))
x = block(Input({shape}), 8)
x = merge([x, block(x, 8)], mode="concat", concat_axis=AXIS)
x = AveragePooling2D((8, 8), strides=(1, 1))(x)
"""


OUT_OF_THE_ORDER = """
from keras.layers import BatchNormalization, Convolution2D, Input
x = Convolution2D(8, 3, 3, border_mode="same")(Input((3, 64, 64)))
x = BatchNormalization({axis})(x)
"""


@pytest.mark.parametrize(
    ("program", "rules"),
    [
        # no axis is written where -1 is not that of the channels
        (OUT_OF_THE_ORDER.format(axis=""), {"normalization-axis"}),
        (OUT_OF_THE_ORDER.format(axis="axis=1"), set()),
        (BY_STEPS.format(shape="(10, 3, 64, 64)"), set()),
        (BY_STEPS.format(shape="(3, 64, 64, 3)"), set()),
        # the axes follow the order that Keras is set to
        (ASKS.format(shape="(3, 64, 64)", last=-1), set()),
        (ASKS.format(shape="(64, 64, 3)", last=-1), set()),
        (
            ASKS.format(shape="(3, 64, 64)", last=-1).replace('== "th"', '== "?"'),
            {"channels-first-input", "kernel-wider-than-input"},
        ),
    ],
)
def test_what_says_theanos_order(program: str, rules: set[str]) -> None:
    graph = source.read(program, "program.py")
    assert graph.keras.number == 1
    assert {finding.rule for finding in judge(graph, RULES)} == rules


def test_theanos_order_is_seen_in_a_program_that_is_cut_short() -> None:
    program = KERAS_1.format(shape="(3, 32, 32)", axis=1) + "n = abs(-1)\n" * 200
    graph = source.read(program, "program.py", limits=Limits(steps=100))
    assert graph.calls
    assert any("was stopped" in note for note in graph.notes)
    assert not {finding.rule for finding in judge(graph, RULES)} & {
        "channels-first-input",
        "normalization-axis",
    }


def test_theanos_order_needs_no_image_where_every_axis_says_it() -> None:
    program = """
from keras.layers import BatchNormalization, Convolution2D, MaxPooling2D
def block(x, filters):
    x = Convolution2D(filters, 3, 3, border_mode="same")(x)
    x = BatchNormalization(axis={axis})(x)
    return MaxPooling2D((2, 2))(x)
"""
    for axis, rules in ((1, set()), (2, {"normalization-axis"})):
        graph = source.read(program.format(axis=axis), "program.py")
        assert {finding.rule for finding in judge(graph, RULES)} == rules


KERAS_2 = """
inputs = keras.Input((3, 64, 64))
x = layers.Conv2D(16, 3, padding="same")(inputs)
x = layers.MaxPooling2D()(x)
"""
ALONG = "x = layers.BatchNormalization(axis=1)(x)\n"
REFUSED = "x = layers.MaxPooling2D()(x)\n"


@pytest.mark.parametrize(
    ("program", "rules"),
    [
        (KERAS_2, {"channels-first-input"}),
        (KERAS_2 + ALONG, {"channels-first-input", "normalization-axis"}),
        ("import theano\n" + KERAS_2, {"channels-first-input"}),
        ("import theano\n" + KERAS_2 + ALONG, set()),
        ("import theano\n" + KERAS_2 + REFUSED, set()),
        (
            "from keras.layers import Convolution2D\n"
            + KERAS_2
            + REFUSED
            + "x = Convolution2D(8, 2, 2)(x)\n",
            set(),
        ),
        ("from keras.layers.merge import Concatenate\n" + KERAS_2 + ALONG, set()),
        (
            "from keras.layers.normalization import BatchNormalization\n"
            + KERAS_2
            + ALONG
            + "x = BatchNormalization(axis=-1)(x)\n",
            {"channels-first-input", "normalization-axis"},
        ),
    ],
)
def test_theanos_order_in_keras_2_needs_its_years_and_a_second_sign(program: str, rules: set[str]) -> None:
    assert {finding.rule for finding in found(program, 2)} == rules
