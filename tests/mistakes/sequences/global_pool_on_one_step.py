# expect: pooling-over-one-step @ 11
# keras: silent
import numpy as np
import tensorflow as tf

signals = np.random.randn(10, 400)
signals = signals.reshape(10, 1, 400)

model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(1, 400)),
    tf.keras.layers.GlobalAveragePooling1D(),
    tf.keras.layers.Dense(3),
])
model.compile(loss="mse")
model.fit(signals, np.zeros((10, 3)), verbose=0)
