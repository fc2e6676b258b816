import keras
import numpy as np
from keras import layers, ops


class Dense(layers.Layer):
    """Never called by its `call`, as in code for TensorFlow 1."""

    def __init__(self, input_dim, output_dim, placeholders, act=None, **kwargs):
        super().__init__(**kwargs)
        self.act = act

    def _call(self, inputs):
        return self.act(inputs)


class Conv2D(layers.Layer):
    def __init__(self, kind, **kwargs):
        super().__init__(**kwargs)


class LSTM(layers.Layer):
    """Reads one step at a time, and keeps its state."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.inner = layers.Dense(units)

    def call(self, x):
        return self.inner(x)


class MultiHeadAttention(layers.Layer):
    def call(self, query, value):
        return query + value


class BatchNormalization(keras.Model):
    def __init__(self, axis):
        super().__init__()
        self.axis = axis

    def call(self, x):
        return x - ops.mean(x, self.axis, keepdims=True)


class Softmax(layers.Layer):
    def call(self, x):
        return ops.softmax(x, axis=2)


step = keras.Input((1, 300))
x = LSTM(16)(step)
x = MultiHeadAttention()(x, x)
image = keras.Input((32, 32, 3))
y = layers.Conv2D(8, 3)(image)
y = BatchNormalization(axis=1)(y)
y = Softmax()(y)
y = Conv2D("gated")(y)
Dense(3, 4, {}, act=ops.relu)(step)
model = keras.Model([step, image], [layers.Flatten()(x), layers.GlobalMaxPooling2D()(layers.Conv2D(4, 3)(image))])
model.predict([np.zeros((4, 1, 300)), np.zeros((4, 32, 32, 3))])
