# expect: positions-along-batch @ 21
# reported: round 5
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


class PositionalEncoding(layers.Layer):
    def __init__(self, d_model, max_len=500, rate=0.1):
        super().__init__()
        self.dropout = layers.Dropout(rate)
        position = np.arange(max_len)[:, np.newaxis]
        div_term = np.exp(np.arange(0, d_model, 2) * (-np.log(10000.0) / d_model))
        pe = np.zeros((max_len, 1, d_model), dtype="float32")
        pe[:, 0, 0::2] = np.sin(position * div_term)
        pe[:, 0, 1::2] = np.cos(position * div_term)
        self.pe = tf.constant(pe)

    def call(self, x):
        x = x + self.pe[: tf.shape(x)[0]]
        return self.dropout(x)


class Encoder(models.Model):
    def __init__(self, vocab, d_model, heads, classes):
        super().__init__()
        self.embedding = layers.Embedding(vocab, d_model)
        self.positions = PositionalEncoding(d_model)
        self.attention = layers.MultiHeadAttention(heads, d_model // heads)
        self.norm = layers.LayerNormalization()
        self.pool = layers.GlobalAveragePooling1D()
        self.out = layers.Dense(classes, activation="softmax")

    def call(self, tokens):
        x = self.positions(self.embedding(tokens))
        x = self.norm(x + self.attention(x, x))
        return self.out(self.pool(x))


tokens = np.random.randint(0, 300, (48, 24))
labels = np.random.randint(0, 4, 48)
model = Encoder(300, 32, 4, 4)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(tokens, labels, batch_size=12, epochs=1)
