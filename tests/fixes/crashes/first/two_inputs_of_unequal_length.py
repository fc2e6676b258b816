import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

photos, tables = np.random.rand(50, 8, 8, 3), np.random.rand(60, 5)
price = np.random.rand(50)
a, b = tf.keras.Input((8, 8, 3)), tf.keras.Input((5,))
h = layers.concatenate([layers.Flatten()(a), b])
model = tf.keras.Model([a, b], layers.Dense(1)(h))
model.compile("adam", "mae")
model.fit([photos, tables], price, epochs=1)
