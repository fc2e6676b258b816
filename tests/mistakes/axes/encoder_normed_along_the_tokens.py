# expect: normalization-axis @ 17
# expect: normalization-axis @ 18
# keras: silent
from types import SimpleNamespace
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Dropout, Embedding, Input, LayerNormalization, MultiHeadAttention

cfg = SimpleNamespace(vocab=2000, maxlen=64, dim=32, heads=4, norm_axis=1)


class EncoderBlock(tf.keras.layers.Layer):
    def __init__(self, c):
        super().__init__()
        self.att = MultiHeadAttention(c.heads, c.dim // c.heads)
        self.ffn = tf.keras.Sequential([Dense(64, activation="gelu"), Dense(c.dim)])
        self.ln1 = LayerNormalization(axis=c.norm_axis, epsilon=1e-6)
        self.ln2 = LayerNormalization(axis=c.norm_axis, epsilon=1e-6)
        self.drop = Dropout(0.1)

    def call(self, x, training=None):
        x = self.ln1(x + self.drop(self.att(x, x), training=training))
        return self.ln2(x + self.drop(self.ffn(x), training=training))


tokens = Input((cfg.maxlen,), dtype="int32")
h = Embedding(cfg.vocab, cfg.dim)(tokens)
for _ in range(2):
    h = EncoderBlock(cfg)(h)
h = tf.keras.layers.GlobalAveragePooling1D()(h)
model = tf.keras.Model(tokens, Dense(1, activation="sigmoid")(h))
model.compile("adam", "binary_crossentropy")
model.fit(np.random.randint(0, 2000, (32, 64)), np.random.randint(0, 2, 32), epochs=1)
