# expect: missing-features-axis @ 12
# keras: crash
import numpy as np
import tensorflow as tf

features = np.random.rand(30, 8).astype('float32')
normalizer = tf.keras.layers.Normalization(axis=-1)
normalizer.adapt(features)

inputs = tf.keras.Input(shape=(8,))
x = normalizer(inputs)
x = tf.keras.layers.LSTM(16)(x)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(x))
