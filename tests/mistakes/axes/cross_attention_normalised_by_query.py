# expect: weights-summed-elsewhere @ 17
# keras: silent
import keras
import numpy as np
from keras import layers, ops


class CrossAttention(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.q, self.k, self.v = layers.Dense(units), layers.Dense(units), layers.Dense(units)
        self.scale = units ** -0.5

    def call(self, x, context):
        q, k, v = self.q(x), self.k(context), self.v(context)
        logits = ops.einsum("bqd,bkd->bqk", q, k) * self.scale
        w = ops.softmax(logits, axis=1)
        return ops.einsum("bqk,bkd->bqd", w, v)


a = keras.Input((12, 16))
b = keras.Input((20, 16))
h = CrossAttention(16)(a, b)
h = layers.GlobalAveragePooling1D()(h)
model = keras.Model([a, b], layers.Dense(1)(h))
model.compile("adam", "mse")
model.fit([np.random.rand(32, 12, 16), np.random.rand(32, 20, 16)], np.random.rand(32), epochs=1, verbose=0)
