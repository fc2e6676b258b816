# expect: concatenate-axis @ 16
# reported: round 3
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def _squeeze(inputs, num_outputs):
    return layers.Conv2D(num_outputs, [1, 1], activation="relu")(inputs)


def _expand(inputs, num_outputs):
    e1x1 = layers.Conv2D(num_outputs, [1, 1], activation="relu")(inputs)
    e3x3 = layers.Conv2D(num_outputs, [3, 3], padding="same", activation="relu")(inputs)
    return layers.concatenate([e1x1, e3x3], axis=1)


def fire_module(inputs, squeeze_depth, expand_depth):
    net = _squeeze(inputs, squeeze_depth)
    return _expand(net, expand_depth)


images = layers.Input((32, 32, 3))
net = layers.Conv2D(16, [3, 3], strides=2, padding="same", activation="relu")(images)
net = fire_module(net, 4, 16)
net = layers.MaxPooling2D([3, 3], strides=2)(net)
net = fire_module(net, 8, 32)
net = layers.Conv2D(10, [1, 1])(net)
logits = layers.GlobalAveragePooling2D()(net)
model = tf.keras.Model(images, logits)
model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
(x, y), _ = tf.keras.datasets.cifar10.load_data()
model.fit(x[:32] / 255.0, y[:32], epochs=1)
