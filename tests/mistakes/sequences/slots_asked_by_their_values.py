# expect: key-and-value-exchanged @ 15
# keras: silent
"""Retrieval over a small set of memory slots, after a PyTorch version."""
import numpy as np
import keras
from keras import layers, ops


class SlotMemory(layers.Layer):
    """Learned keys address learned values."""

    def __init__(self, n_slots, dim, **kwargs):
        super().__init__(**kwargs)
        self.n_slots, self.dim = n_slots, dim
        self.attn = layers.MultiHeadAttention(num_heads=4, key_dim=dim // 4)

    def build(self, input_shape):
        shape = (1, self.n_slots, self.dim)
        self.keys = self.add_weight(name="keys", shape=shape, initializer="glorot_uniform")
        self.values = self.add_weight(name="values", shape=shape, initializer="zeros")
        super().build(input_shape)

    def call(self, query):
        batch = ops.shape(query)[0]
        k = ops.repeat(self.keys, batch, axis=0)
        v = ops.repeat(self.values, batch, axis=0)
        return query + self.attn(query, k, v)


class Block(layers.Layer):
    def __init__(self, dim, n_slots, **kwargs):
        super().__init__(**kwargs)
        self.norm = layers.LayerNormalization()
        self.memory = SlotMemory(n_slots, dim)
        self.ffn = keras.Sequential([layers.Dense(2 * dim, activation="gelu"), layers.Dense(dim)])

    def call(self, x):
        x = self.memory(self.norm(x))
        return x + self.ffn(x)


def build(steps=20, features=32, depth=1):
    inp = keras.Input((steps, features))
    x = inp
    for i in range(depth):
        x = Block(features, n_slots=64, name=f"block_{i}")(x)
    return keras.Model(inp, layers.Dense(1)(layers.GlobalAveragePooling1D()(x)))


if __name__ == "__main__":
    model = build()
    model.compile("adam", "mse")
    model.fit(np.random.rand(32, 20, 32), np.random.rand(32, 1), epochs=1, verbose=0)
