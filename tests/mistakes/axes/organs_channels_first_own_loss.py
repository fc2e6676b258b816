# expect: softmax-over-positions @ 14
# keras: silent
"""Organs in a scan, channels first: the softmax runs along the slices, and the loss is the program's own."""

import keras
import numpy as np
from keras import layers

keras.config.set_image_data_format("channels_first")

scan = keras.Input((1, 16, 16, 8))
maps = layers.Conv3D(6, 3, padding="same", activation="relu")(scan)
scores = layers.Conv3D(3, 1)(maps)
organs = layers.Activation("softmax")(scores)
model = keras.Model(scan, organs)


def overlap(y_true, y_pred):
    both = keras.ops.sum(y_true * y_pred, axis=(2, 3, 4))
    return 1 - keras.ops.mean(2 * both / keras.ops.sum(y_true + y_pred, axis=(2, 3, 4)), axis=-1)


model.compile("adam", overlap)
model.fit(np.random.rand(2, 1, 16, 16, 8), np.random.rand(2, 3, 16, 16, 8), batch_size=1, verbose=0)
