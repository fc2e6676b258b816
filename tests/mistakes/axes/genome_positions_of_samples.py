# expect: positions-along-batch @ 24
# reported: round 6
# keras: silent
import math

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class PositionalEncoding(layers.Layer):
    def __init__(self, hidden, dropout=0.1, max_len=256):
        super().__init__()
        self.dropout = layers.Dropout(dropout)
        position = np.arange(max_len)[:, np.newaxis]
        div_term = np.exp(np.arange(0, hidden, 2) * (-math.log(10000.0) / hidden))
        pe = np.zeros((max_len, 1, hidden), dtype="float32")
        pe[:, 0, 0::2] = np.sin(position * div_term)
        pe[:, 0, 1::2] = np.cos(position * div_term)
        self.pe = tf.constant(pe)

    def call(self, x):
        x = x + self.pe[:tf.shape(x)[0]]
        return self.dropout(x)


class AttnModule(keras.Model):
    def __init__(self, hidden=64, layers_count=2, heads=4):
        super().__init__()
        self.convs = [layers.Conv1D(hidden, 5, strides=2, padding="same", activation="relu") for _ in range(3)]
        self.positions = PositionalEncoding(hidden)
        self.attentions = [layers.MultiHeadAttention(heads, hidden // heads) for _ in range(layers_count)]
        self.norms = [layers.LayerNormalization() for _ in range(layers_count)]
        self.head = layers.Dense(1)

    def call(self, sequence):
        x = sequence
        for conv in self.convs:
            x = conv(x)
        x = self.positions(x)
        for attend, norm in zip(self.attentions, self.norms):
            x = norm(x + attend(x, x))
        return self.head(x)


sequences = np.eye(4)[np.random.randint(0, 4, (16, 512))].astype("float32")
signal = np.random.rand(16, 64, 1)
model = AttnModule()
model.compile("adam", "mse")
model.fit(sequences, signal, batch_size=8, epochs=1)
