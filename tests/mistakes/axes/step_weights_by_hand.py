# expect: softmax-over-one @ 16
# keras: silent
import keras
from keras import layers, ops


class Pooling(layers.Layer):
    """A weighted mean over the steps."""

    def __init__(self):
        super().__init__()
        self.score = layers.Dense(1)

    def call(self, steps):
        powers = ops.exp(self.score(steps))
        weights = powers / ops.sum(powers, axis=2, keepdims=True)
        return ops.sum(weights * steps, axis=1)


inputs = keras.Input((30, 8))
model = keras.Model(inputs, layers.Dense(1)(Pooling()(inputs)))
