import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

noise = np.random.rand(6, 100)
gen = tf.keras.Sequential([
    layers.Dense(7 * 7 * 64, activation="relu", input_dim=100),
    layers.Reshape((7, 7, 128)),
    layers.Conv2DTranspose(32, 3, strides=2, padding="same", activation="relu"),
    layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="tanh"),
])
print(gen.predict(noise).shape)
