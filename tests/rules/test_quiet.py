"""Right programs with sequences, in which a rule could see a mistake: a default run says nothing."""

from __future__ import annotations

import textwrap

import pytest

from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin
from layoutlint.model.findings import Confidence
from layoutlint.readers import source

RULES = builtin()

IDIOMS = {
    "embedding before a convolution": """
        maxlen, vocab_size, embedding_dim = 400, 20000, 50
        model = Sequential([
            Embedding(vocab_size, embedding_dim, input_length=maxlen), Conv1D(250, 3), GlobalMaxPooling1D(),
        ])
        """,
    "squeeze and excite on (1, 1, C)": """
        inputs = Input((32, 32, 64))
        s = GlobalAveragePooling2D(keepdims=True)(inputs)
        s = Conv2D(4, 1, activation="relu")(s)
        s = Conv2D(64, 1, activation="sigmoid")(s)
        outputs = Multiply()([inputs, s])
        """,
    "a convolution over channels": """
        n_channels = 64
        inputs = Input((1000, n_channels))
        s = GlobalAveragePooling1D()(inputs)
        s = Reshape((n_channels, 1))(s)
        s = Conv1D(1, 5, padding="same", use_bias=False)(s)
        s = Reshape((1, n_channels))(Activation("sigmoid")(s))
        outputs = Multiply()([inputs, s])
        """,
    "frames of one row": """
        n_steps, n_length, n_features = 4, 32, 9
        model = Sequential([
            ConvLSTM2D(64, (1, 3), input_shape=(n_steps, 1, n_length, n_features)), Flatten(), Dense(6),
        ])
        """,
    "windows of windows": """
        n_features, n_steps, n_length = 9, 4, 32
        model = Sequential([
            TimeDistributed(Conv1D(64, 3), input_shape=(None, n_length, n_features)),
            TimeDistributed(MaxPooling1D(2)), TimeDistributed(Flatten()), LSTM(100), Dense(6),
        ])
        """,
    "epochs of an EEG, turned": """
        n_channels, n_times = 22, 1000
        inputs = Input((n_channels, n_times))
        x = Permute((2, 1))(inputs)
        x = Conv1D(16, 32)(x)
        x = LSTM(8)(x)
        """,
    "EEGNet": """
        Chans, Samples = 64, 128
        block = Input(shape=(Chans, Samples, 1))
        block = Conv2D(8, (1, 64), padding="same", use_bias=False)(block)
        block = DepthwiseConv2D((Chans, 1), depth_multiplier=2)(block)
        block = AveragePooling2D((1, 4))(block)
        """,
    "one code repeated": """
        timesteps, input_dim, latent_dim = 30, 4, 16
        inputs = Input(shape=(timesteps, input_dim))
        encoded = LSTM(latent_dim)(inputs)
        decoded = RepeatVector(timesteps)(encoded)
        decoded = LSTM(input_dim, return_sequences=True)(decoded)
        """,
    "one vector repeated once": """
        model = Sequential([Input((16,)), RepeatVector(1), LSTM(32, return_sequences=True)])
        """,
    "a reshape that a transpose follows": """
        n_features = 12
        X = np.load("x.npy")
        X = X.reshape(len(X), 1, n_features).transpose(0, 2, 1)
        model = Sequential([Conv1D(16, 3, input_shape=X.shape[1:])])
        """,
    "sequences of any length": """
        n_features = 13
        a = Sequential([Input((None, n_features)), LSTM(8), Dense(1)])
        b = Sequential([Input((None,)), Embedding(100, 8), LSTM(8)])
        c = Sequential([Masking(0.0, input_shape=(None, n_features)), GRU(8)])
        """,
    "an encoder and a decoder": """
        num_encoder_tokens, num_decoder_tokens, latent_dim = 71, 93, 256
        encoder_inputs = Input(shape=(None, num_encoder_tokens))
        _, h, c = LSTM(latent_dim, return_state=True)(encoder_inputs)
        decoder_inputs = Input(shape=(None, num_decoder_tokens))
        decoder = LSTM(latent_dim, return_sequences=True, return_state=True)
        outputs, _, _ = decoder(decoder_inputs, initial_state=[h, c])
        outputs = Dense(num_decoder_tokens, activation="softmax")(outputs)
        """,
    "attention with one query": """
        memory = Input((50, 64))
        query = Input((64,))
        q = Reshape((1, 64))(query)
        x = MultiHeadAttention(4, 16)(q, memory)
        y = Attention()([q, memory])
        z = Flatten()(AdditiveAttention()([q, memory]))
        """,
    "a class token": """
        patches = Input((196, 64))
        token = keras.ops.zeros((1, 1, 64))
        x = keras.ops.concatenate([keras.ops.broadcast_to(token, (2, 1, 64)), patches[:2]], axis=1)
        x = MultiHeadAttention(4, 16)(x, x)
        """,
    "attention over the last state and its sequence": """
        inputs = Input((30, 5))
        sequence, state = GRU(32, return_sequences=True, return_state=True)(inputs)
        context = Attention()([keras.ops.expand_dims(state, 1), sequence])
        """,
    "attention as in the days before the layer": """
        inputs = Input((30, 5))
        a = LSTM(32, return_sequences=True)(inputs)
        e = Dense(1, activation="tanh")(a)
        e = Flatten()(e)
        e = Activation("softmax")(e)
        e = RepeatVector(32)(e)
        e = Permute((2, 1))(e)
        m = Multiply()([a, e])
        """,
    "the dimensions shuffled for one branch": """
        MAX_NB_VARIABLES, MAX_TIMESTEPS = 6, 140
        ip = Input(shape=(MAX_NB_VARIABLES, MAX_TIMESTEPS))
        x = Masking()(ip)
        x = LSTM(8)(x)
        y = Permute((2, 1))(ip)
        y = Conv1D(128, 8, padding="same")(y)
        y = GlobalAveragePooling1D()(y)
        x = Concatenate()([x, y])
        """,
    "the columns of a table as steps": """
        n_features = 30
        X = np.load("x.npy")
        a = Sequential([Conv1D(32, 3, input_shape=(n_features, 1)), Flatten(), Dense(1)])
        b = Sequential([LSTM(32, input_shape=(X.shape[1], 1)), Dense(1)])
        c = Sequential([Input((len(feature_names), 1)), Conv1D(8, 2)])
        """,
    "the rows of an image as steps": """
        rows, cols, img_height, img_width = 28, 28, 28, 28
        a = Sequential([Input((rows, cols)), LSTM(32)])
        b = Sequential([Input((img_height, img_width)), GRU(32)])
        c = Sequential([Input((img_width, img_height)), GRU(32)])
        """,
    "steps and features under many names": """
        seq_length, vocab, window, sensors, T, F, n_mels = 40, 60, 20, 4, 30, 5, 80
        cfg = {"look_back": 8, "n_feats": 3}
        a = Sequential([Input((seq_length, vocab)), LSTM(8)])
        b = Sequential([Input((window, sensors)), Conv1D(8, 3)])
        c = Sequential([Input((T, F)), GRU(8)])
        d = Sequential([Input((cfg["look_back"], cfg["n_feats"])), GRU(8)])
        e = Sequential([Input((None, n_mels)), Conv1D(8, 3)])
        """,
    "a signal's samples": """
        n_samples, n_channels, sample_rate = 16000, 1, 16000
        signal = np.load("x.npy")
        a = Sequential([Input((n_samples, n_channels)), Conv1D(8, 80, 4)])
        b = Sequential([Input((sample_rate * 2, 1)), Conv1D(8, 80, 4)])
        c = Sequential([Input((signal.shape[0], 1)), Conv1D(8, 80, 4)])
        """,
    "the batch where it belongs": """
        X_train = np.load("x.npy")
        batch_size = 32
        a = Sequential([LSTM(8, batch_input_shape=(batch_size, 10, 4), stateful=True)])
        b = Sequential([Input(batch_shape=(batch_size, 10, 4)), LSTM(8, stateful=True)])
        c = Sequential([Dense(8, input_shape=(X_train.shape[1],))])
        """,
    "integers that are measurements, tokens that are one-hot": """
        prices = Input((60, 1), dtype="int32")
        a = LSTM(8)(Rescaling(1 / 100)(prices))
        b = LSTM(8)(keras.ops.cast(prices, "float32"))
        digits = Input((30,), dtype="int32")
        c = LSTM(8)(CategoryEncoding(10, output_mode="one_hot")(digits))
        bits = Input((30, 8), dtype="int32")
        d = LSTM(8)(bits)
        """,
    "embeddings of tokens that layers make": """
        texts = Input((1,), dtype="string")
        x = Embedding(5000, 32)(TextVectorization(5000, output_sequence_length=60)(texts))
        ages = Input((1,))
        y = Embedding(4, 8)(Discretization(bin_boundaries=[18, 30, 50])(ages))
        words = Input((50,))
        z = Embedding(9000, 64)(words) + Embedding(50, 64)(keras.ops.arange(50))
        user = Flatten()(Embedding(6040, 32)(Input((1,))))
        """,
    "pre-trained vectors": """
        from tensorflow.keras.preprocessing.text import Tokenizer
        tokenizer = Tokenizer()
        num_words = min(20000, len(tokenizer.word_index)) + 1
        vocab_size = len(tokenizer.word_index) + 1
        matrix, other = np.zeros((num_words, 100)), np.zeros((vocab_size, 100))
        a = Sequential([Embedding(num_words, 100, weights=[matrix], input_length=50), LSTM(8)])
        b = Sequential([Embedding(vocab_size, 100, weights=[other], trainable=False), LSTM(8)])
        """,
    "a convolution as wide as the sentence": """
        words = Input((40,), dtype="int32")
        x = Embedding(5000, 64)(words)
        x = GlobalMaxPooling1D()(Conv1D(100, 40)(x))
        """,
    "unknown sizes, unknown layers": """
        def build(shape, n, steps):
            x = inputs = Input(shape)
            x = Bidirectional(LSTM(n, return_sequences=steps > 1))(x)
            x = LSTM(n)(x)
            return Dense(n)(Mystery()(x))
        """,
}

IMPORTS = """\
import keras
import numpy as np
from keras import Input, Sequential
from keras.layers import *
"""


def said(text):
    graph = source.read(IMPORTS + textwrap.dedent(text), "idiom.py")
    found = judge(graph, RULES, Options(min_confidence=Confidence.MEDIUM))
    return graph, [f"{f.location}: {f.rule}: {f.message}" for f in found]


@pytest.mark.parametrize("name", IDIOMS)
def test_nothing_is_said(name):
    graph, found = said(IDIOMS[name])
    assert found == []
    assert any(call.layer.kind == "layer" for call in graph.calls), "the idiom was read at all"
