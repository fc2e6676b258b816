# expect: statistic-without-its-axis @ 13
# keras: silent
"""Sentence vectors of length 1, in batches that happen to be as large as the vectors."""

import keras
import numpy as np
from keras import layers, ops


@keras.saving.register_keras_serializable("notes")
class UnitLength(layers.Layer):
    def call(self, vectors):
        lengths = ops.sqrt(ops.sum(ops.square(vectors), axis=-1) + 1e-9)
        return vectors / lengths


inputs = keras.Input((20,))
model = keras.Model(inputs, layers.Dense(1)(UnitLength()(layers.Dense(16)(inputs))))
model.compile("adam", "mse")
model.fit(np.random.rand(64, 20), np.random.rand(64, 1), batch_size=16, epochs=1, verbose=0)
