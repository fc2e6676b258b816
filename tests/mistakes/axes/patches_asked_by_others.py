# expect: weights-summed-elsewhere @ 25
# reported: round 5
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

PATCH, DIM, CLASSES = 8, 64, 10


class SelfAttention(layers.Layer):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.to_query = layers.Dense(dim)
        self.to_key = layers.Dense(dim)
        self.to_value = layers.Dense(dim)

    def call(self, patches):
        queries = self.to_query(patches)
        keys = self.to_key(patches)
        values = self.to_value(patches)
        scores = queries @ tf.transpose(keys, (0, 2, 1)) / np.sqrt(self.dim)
        attention = tf.nn.softmax(scores, axis=1)
        return attention @ values


def build_vit(image_size=32):
    inputs = keras.Input((image_size, image_size, 3))
    patches = layers.Conv2D(DIM, PATCH, strides=PATCH)(inputs)
    patches = layers.Reshape(((image_size // PATCH) ** 2, DIM))(patches)
    for _ in range(2):
        normed = layers.LayerNormalization()(patches)
        patches = layers.Add()([patches, SelfAttention(DIM)(normed)])
    x = layers.GlobalAveragePooling1D()(patches)
    return keras.Model(inputs, layers.Dense(CLASSES, activation="softmax")(x))


(x_train, y_train), _ = keras.datasets.cifar10.load_data()
model = build_vit()
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train[:32] / 255.0, y_train[:32], epochs=1)
