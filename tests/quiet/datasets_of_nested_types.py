# the types and the shapes of a data set are nested as its elements are
import functools

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def batches(images, size):
    y = np.zeros((size, 1))
    while True:
        yield (np.stack([next(images) for _ in range(size)]), np.ones((size, 48))), y


image, labels = keras.Input((31, 200, 1)), keras.Input((48,))
x = layers.Dense(1)(layers.Concatenate()([layers.Flatten()(image), labels]))
model = keras.Model([image, labels], x)
model.compile("adam", "mse")
shapes = ((tf.TensorShape([None, 31, 200, 1]), tf.TensorShape([None, 48])), tf.TensorShape([None, 1]))
for images in (iter(np.zeros((90, 31, 200, 1))), iter(np.zeros((90, 31, 200, 1)))):
    data = tf.data.Dataset.from_generator(
        functools.partial(batches, images=images, size=8),
        output_types=((tf.float32, tf.float32), tf.float32),
        output_shapes=shapes,
    )
    model.fit(data, steps_per_epoch=2)
named = keras.Model({"image": image, "labels": labels}, x)
named.compile("adam", "mse")
by_name = tf.data.Dataset.from_generator(
    lambda: iter([({"image": np.zeros((8, 31, 200, 1)), "labels": np.ones((8, 48))}, np.zeros((8, 1)))]),
    output_types=({"image": tf.float32, "labels": tf.float32}, tf.float32),
    output_shapes=({"image": [None, 31, 200, 1], "labels": [None, 48]}, [None, 1]),
)
named.fit(by_name)
