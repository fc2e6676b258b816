# expect: positions-along-batch @ 21
# reported: round 3
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class PositionalEncoding(layers.Layer):
    def __init__(self, max_len, d_model, dropout_rate=0.1):
        super().__init__()
        self.dropout = layers.Dropout(dropout_rate)
        pe = np.zeros((max_len, d_model))
        position = np.arange(0, max_len)[:, np.newaxis]
        div_term = np.exp(np.arange(0, d_model, 2) * (-np.log(10000.0) / d_model))
        pe[:, 0::2] = np.sin(position * div_term)
        pe[:, 1::2] = np.cos(position * div_term)
        self.pe = tf.constant(pe[:, np.newaxis, :], tf.float32)

    def call(self, x):
        x = x + self.pe[: tf.shape(x)[0], :]
        return self.dropout(x)


src = layers.Input((30,), dtype="int32")
x = layers.Embedding(300, 32)(src)
x = PositionalEncoding(5000, 32)(x)
x = x + layers.MultiHeadAttention(4, 8)(x, x)
x = layers.LayerNormalization()(x)
out = layers.Dense(300, activation="softmax")(x)
model = tf.keras.Model(src, out)
model.compile("adam", "sparse_categorical_crossentropy")
sentences = np.random.randint(1, 300, (40, 31))
model.fit(sentences[:, :-1], sentences[:, 1:], batch_size=10, epochs=1)
