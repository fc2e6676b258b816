"""Losses that compare neighbours in a batch, or the first of it with the rest: all operands are cut alike."""

import keras
import numpy as np
from keras import layers, ops


def smooth(y_true, y_pred):
    steps = ops.square(y_pred[1:] - y_pred[:-1])
    return ops.mean(steps) + ops.mean(ops.square(y_true - y_pred))


def ranked(y_true, y_pred):
    first, others = y_pred[0:1], y_pred[1:]
    wanted = ops.sum(ops.repeat(first, 7, axis=0) * others, axis=1)
    return ops.mean(ops.relu(0.1 - wanted)) + 0 * ops.sum(y_true)


def of_boxes(y_true, y_pred):
    return ops.mean(ops.abs(y_true[:, 1:] - y_pred[:, 1:]), axis=1) + ops.abs(y_true[:, 0] - y_pred[:, 0])


inputs = keras.Input((12,))
for loss in (smooth, ranked, of_boxes):
    model = keras.Model(inputs, layers.Dense(5)(inputs))
    model.compile("adam", loss)
    model.fit(np.random.random((16, 12)), np.random.random((16, 5)), batch_size=8)
