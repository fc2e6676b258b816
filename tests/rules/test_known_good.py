"""Idioms that look odd and are right: no rule may say a word about them."""

from __future__ import annotations

import textwrap

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.readers import source

RULES = builtin()

IDIOMS = {
    "embedding before a convolution": """
        model = Sequential([Embedding(20000, 128, input_length=1), Conv1D(64, 1), GlobalMaxPooling1D()])
        """,
    "squeeze and excite on images": """
        inputs = Input((32, 32, 64))
        s = GlobalAveragePooling2D()(inputs)
        s = Reshape((1, 1, 64))(s)
        s = Conv2D(4, 1, activation="relu")(s)
        s = Conv2D(64, 1, activation="sigmoid")(s)
        outputs = Multiply()([inputs, s])
        """,
    "squeeze and excite on signals, pooling that keeps its axes": """
        inputs = Input((1000, 64))
        s = GlobalAveragePooling1D(keepdims=True)(inputs)
        s = Conv1D(4, 1)(s)
        outputs = inputs * Conv1D(64, 1, activation="sigmoid")(s)
        """,
    "efficient channel attention": """
        inputs = Input((32, 32, 64))
        s = GlobalAveragePooling2D()(inputs)
        s = Reshape((64, 1))(s)
        s = Conv1D(1, 3, padding="same", use_bias=False)(s)
        s = Reshape((1, 1, 64))(Activation("sigmoid")(s))
        outputs = Multiply()([inputs, s])
        """,
    "a signal as an image of one row": """
        model = Sequential([
            Input((1, 500, 3)),
            Conv2D(16, (1, 9), padding="same"), MaxPooling2D((1, 2)), Conv2D(32, (1, 5)), Flatten(),
        ])
        """,
    "one row of many channels into a ConvLSTM": """
        model = Sequential([ConvLSTM2D(64, (1, 3), input_shape=(4, 1, 32, 9)), Flatten(), Dense(6)])
        """,
    "EEG, axes permuted first": """
        inputs = Input((22, 1000))
        x = Permute((2, 1))(inputs)
        x = Conv1D(16, 32)(x)
        images = Input((1, 22, 1000))
        y = Permute((2, 3, 1))(images)
        y = Conv2D(8, (1, 64), padding="same")(y)
        y = DepthwiseConv2D((22, 1))(y)
        """,
    "a generator from one place": """
        model = Sequential([
            Input((1, 1, 100)),
            Conv2DTranspose(512, 4), BatchNormalization(), ReLU(), Conv2DTranspose(3, 4, 2, padding="same"),
        ])
        """,
    "a generator from Dense": """
        model = Sequential([
            Dense(256 * 7 * 7, input_dim=100), Reshape((7, 7, 256)), Conv2DTranspose(128, 5, padding="same"),
        ])
        signals = Sequential([Dense(64, input_dim=10), Reshape((1, 64)), Conv1D(64, 3, padding="same")])
        sequence = Sequential([Dense(64, input_dim=10), Reshape((1, 64)), LSTM(32)])
        """,
    "one code repeated": """
        model = Sequential([Input((16,)), RepeatVector(1), LSTM(32, return_sequences=True)])
        """,
    "a reshape that a transpose follows": """
        X = np.load("x.npy")
        X = X.reshape(len(X), 1, 8000).transpose(0, 2, 1)
        model = Sequential([Conv1D(16, 9, input_shape=X.shape[1:])])
        inputs = Input((8000,))
        x = Reshape((1, 8000))(inputs)
        x = Permute((2, 1))(x)
        x = Conv1D(16, 9)(x)
        """,
    "channels first, said at the end of the file": """
        def build():
            return Sequential([Conv2D(32, 3, padding="same", input_shape=(3, 64, 64)), MaxPooling2D()])

        if __name__ == "__main__":
            keras.backend.set_image_data_format("channels_first")
            build()
        """,
    "the shape depends on the data format": """
        if K.image_data_format() == "channels_first":
            shape = (3, 64, 64)
        else:
            shape = (64, 64, 3)
        model = Sequential([Conv2D(32, 3, input_shape=shape), MaxPooling2D()])
        """,
    "channels first, said to each layer": """
        inputs = Input((3, 64, 64))
        x = Conv2D(32, 3, data_format="channels_first")(inputs)
        x = BatchNormalization(axis=1)(x)
        x = MaxPooling2D(data_format="channels_first")(x)
        x = GlobalAveragePooling2D(data_format="channels_first")(x)
        """,
    "sequences and images of any size": """
        a = Sequential([Input((None, 16)), Bidirectional(LSTM(8)), Dense(1)])
        b = Sequential([Input((None, None, 3)), Conv2D(8, 3), GlobalAveragePooling2D()])
        c = Sequential([Input((None,)), Embedding(100, 8), LSTM(8)])
        d = Sequential([Dense(8, input_shape=(None, 4))])
        """,
    "the batch in its own argument": """
        a = Sequential([LSTM(8, batch_input_shape=(32, 10, 4), stateful=True)])
        b = Sequential([Input(batch_shape=(1, 1, 4)), LSTM(8, stateful=True)])
        c = Sequential([Conv1D(8, 3)])
        c.build((None, 100, 4))
        """,
    "one step of a decoder": """
        token = Input((1, 64))
        state = Input((128,))
        output, new = GRU(128, return_state=True)(token, initial_state=state)
        """,
    "spectrograms": """
        model = Sequential([Input((128, 431, 1)), Conv2D(16, 3), MaxPooling2D(), Flatten(), Dense(10)])
        frames = Sequential([Input((431, 40)), Conv1D(16, 5), GlobalMaxPooling1D()])
        """,
    "a pointwise convolution over a sequence": """
        model = Sequential([Input((100, 300)), Conv1D(64, 1), LSTM(8)])
        """,
    "frames under TimeDistributed": """
        model = Sequential([
            TimeDistributed(Conv2D(8, 3), input_shape=(10, 64, 64, 3)), TimeDistributed(Flatten()), LSTM(8),
        ])
        """,
    "few features in one step of a convolution": """
        model = Sequential([Conv1D(8, 1, input_shape=(1, 4)), Flatten(), Dense(1)])
        """,
    "the last step alone": """
        inputs = Input((50, 16))
        last = inputs[:, -1:, :]
        outputs = Conv1D(8, 1)(last)
        """,
    "pooled over time by an operation": """
        inputs = Input((50, 16))
        mean = keras.ops.mean(inputs, axis=1, keepdims=True)
        outputs = Conv1D(8, 1)(mean)
        """,
    "small maps deep in a network": """
        x = Input((32, 32, 3))
        for n in (16, 32, 64, 128, 256):
            x = MaxPooling2D()(Conv2D(n, 3, padding="same")(x))
        x = Conv2D(256, 3, padding="same")(x)
        x = Conv2D(256, 7, padding="same")(x)
        """,
    "unknown sizes, unknown layers, unknown inputs": """
        def block(x, n, k):
            x = Conv1D(n, k, padding="same")(x)
            return LSTM(n)(Mystery()(x))

        def image(shape, size):
            return Conv2D(8, 3)(Input(shape))
        """,
}

IMPORTS = """\
import keras
import numpy as np
from keras import Input, Sequential, backend as K
from keras.layers import *
"""


@pytest.mark.parametrize("name", IDIOMS)
def test_nothing_is_said(name):
    graph = source.read(IMPORTS + textwrap.dedent(IDIOMS[name]), "idiom.py")
    assert [f"{f.location}: {f.rule}: {f.message}" for f in judge(graph, RULES)] == []
    assert any(call.layer.kind == "layer" for call in graph.calls), "the idiom was read at all"
