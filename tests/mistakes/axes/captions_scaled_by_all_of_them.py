# expect: works-along-batch @ 10
# keras: silent
"""Captions and images are compared by their angle, but each is divided by the length of all of them together."""

import numpy as np
from tensorflow import keras


def unit(vectors):
    return vectors / keras.ops.sqrt(keras.ops.sum(keras.ops.square(vectors)))


def angle(y_true, y_pred):
    others = keras.ops.roll(y_pred, 1, axis=0)
    right = keras.ops.sum(unit(y_true) * unit(y_pred), axis=1)
    wrong = keras.ops.sum(unit(y_true) * unit(others), axis=1)
    return keras.ops.maximum(0.1 - right + wrong, 0.0)


def caption_vectors():
    while True:
        yield np.random.rand(16, 64).astype("float32"), np.random.rand(16, 20).astype("float32")


images = keras.Input((64,))
model = keras.Model(images, keras.layers.Dense(20)(images))
model.compile("rmsprop", loss=angle)
model.fit(caption_vectors(), steps_per_epoch=2, epochs=1, verbose=0)
