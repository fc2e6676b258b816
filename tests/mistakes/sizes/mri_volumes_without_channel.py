# expect: rank-mismatch @ 15
# keras: crash
import os
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

# volumes were resampled to 64 x 64 x 32 voxels
DEPTH, HEIGHT, WIDTH = 32, 64, 64


def get_model(width=64, height=64, depth=32):
    """Build a 3D convolutional neural network model."""
    inputs = tf.keras.Input((width, height, depth))
    x = layers.Conv3D(filters=16, kernel_size=3, activation="relu")(inputs)
    x = layers.MaxPool3D(pool_size=2)(x)
    x = layers.BatchNormalization()(x)
    x = layers.Conv3D(filters=32, kernel_size=3, activation="relu")(x)
    x = layers.MaxPool3D(pool_size=2)(x)
    x = layers.GlobalAveragePooling3D()(x)
    x = layers.Dense(units=128, activation="relu")(x)
    outputs = layers.Dense(units=1, activation="sigmoid")(x)
    return tf.keras.Model(inputs, outputs, name="3dcnn")


model = get_model()
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["acc"])
volumes = np.random.rand(2, WIDTH, HEIGHT, DEPTH)
model.fit(volumes, np.array([0, 1]), batch_size=2)
