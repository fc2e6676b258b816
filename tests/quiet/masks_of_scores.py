# masks of keys, of rows and columns, after the softmax, and of what a softmax does not see
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class Attention(layers.Layer):
    def __init__(self):
        super().__init__()
        self.score = layers.Dense(1)
        self.units = layers.Dense(3)

    def call(self, x, tokens, lengths):
        padding = tf.cast(tf.math.equal(tokens, 0), tf.float32)
        scores = tf.matmul(x, x, transpose_b=True)
        look_ahead = 1 - tf.linalg.band_part(tf.ones((24, 24)), -1, 0)
        scores += tf.maximum(padding[:, None, :], look_ahead) * -1e9
        weights = tf.nn.softmax(scores, axis=-1) * (1 - padding)[:, :, None]
        pairs = tf.matmul(x, x, transpose_b=True) - 1e9 * (1 - (1 - padding)[:, :, None] * (1 - padding)[:, None, :])
        pooled = tf.nn.softmax(self.score(x) - 1e9 * padding[:, :, None], axis=1)
        kept = tf.where(tf.sequence_mask(lengths, 24)[:, :, None], self.units(x), 0.0)
        shares = tf.nn.softmax(self.units(x) / tf.exp(self.score(x)), axis=-1)
        context = tf.matmul(weights, x) + tf.matmul(tf.nn.softmax(pairs), x)
        return context, tf.reduce_sum(pooled * x, axis=1), kept, shares


tokens = keras.Input((24,), dtype="int32")
lengths = keras.Input((), dtype="int32")
x = layers.Embedding(400, 64)(tokens)
outputs = Attention()(x, tokens, lengths)
seen = layers.Lambda(lambda t: tf.not_equal(t, 0)[:, None, :])(tokens)
y = layers.MultiHeadAttention(4, 16)(x, x, attention_mask=seen)
