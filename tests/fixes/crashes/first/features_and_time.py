import numpy as np
import tensorflow as tf

X = np.random.rand(40, 7, 169)
y = np.random.rand(40, 1)
model = tf.keras.Sequential([
    tf.keras.layers.LSTM(16, input_shape=(169, 7)),
    tf.keras.layers.Dense(1),
])
model.compile("adam", "mse")
model.fit(X, y, epochs=1)
