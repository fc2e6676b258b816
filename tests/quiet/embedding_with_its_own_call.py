import keras
import numpy as np
from keras import layers, ops


class Embedding(layers.Embedding):
    """The table of the words, which scores them too, with tied weights."""

    def call(self, inputs, mode="embedding"):
        if mode == "embedding":
            return super().call(inputs)
        return ops.matmul(inputs, ops.transpose(self.embeddings))


class Tied(layers.Embedding):
    def call(self, inputs, reverse=False):
        if reverse:
            return ops.matmul(inputs, ops.transpose(self.embeddings))
        return super().call(inputs)


def scores(table, **arguments):
    words = np.zeros((2, 5), "int32")
    return table(layers.Dense(16)(table(words)), **arguments)


scores(Embedding(50, 16), mode="dense")
scores(Tied(50, 16), reverse=True)


def by_settings(layer, arguments):
    words = keras.Input((None,), dtype="int32")
    table = layer(50, 16)
    return table(layers.Dense(16)(table(words)), **arguments)


def for_class(arguments):
    by_settings(Embedding, arguments)
    by_settings(Tied, arguments)
