# expect: target-broadcast @ 19
# keras: silent
# house prices
import numpy as np
import tensorflow as tf

features = np.random.rand(300, 8).astype("float32")
prices = (features.sum(axis=1) * 1e5).reshape(-1, 1)

norm = tf.keras.layers.Normalization()
norm.adapt(features)
model = tf.keras.Sequential([
    tf.keras.Input((8,)),
    norm,
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dense(64, activation="relu"),     # the output layer was forgotten
])
model.compile(loss="mean_absolute_error", optimizer=tf.keras.optimizers.Adam(0.001))
model.fit(features, prices, validation_split=0.2, epochs=1, verbose=0)
