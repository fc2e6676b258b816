# expect: positions-along-batch @ 23
# reported: round 3
# keras: crash
import math

import numpy as np
import tensorflow as tf


class PositionalEncoder(tf.keras.layers.Layer):
    def __init__(self, max_seq_len=96, d_model=16, batch_first=True):
        super().__init__()
        self.batch_first = batch_first
        self.x_dim = 1 if batch_first else 0
        position = np.arange(max_seq_len)[:, None]
        div_term = np.exp(np.arange(0, d_model, 2) * (-math.log(10000.0) / d_model))
        table = np.zeros((max_seq_len, 1, d_model), "float32")
        table[:, 0, 0::2] = np.sin(position * div_term)
        table[:, 0, 1::2] = np.cos(position * div_term)
        self.pe = tf.constant(table)

    def call(self, x):
        return x + self.pe[: x.shape[self.x_dim]]


inputs = tf.keras.Input((48, 3))
x = tf.keras.layers.Dense(16)(inputs)
x = PositionalEncoder(d_model=16)(x)
x = tf.keras.layers.MultiHeadAttention(2, 8)(x, x)
x = tf.keras.layers.GlobalAveragePooling1D()(x)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(24)(x))
model.compile("adam", "mse")
model.fit(np.random.rand(20, 48, 3), np.random.rand(20, 24), batch_size=10, epochs=1)
