# expect: steps-unlike-target @ 16
# keras: silent
import numpy as np
import tensorflow as tf

n_past, n_vars = 24, 5
X = np.random.rand(64, n_past, n_vars).astype("float32")
y = np.random.rand(64, 1).astype("float32")       # next hour's load

model = tf.keras.Sequential()
model.add(tf.keras.layers.Input((n_past, n_vars)))
model.add(tf.keras.layers.LSTM(32, return_sequences=True))
model.add(tf.keras.layers.LSTM(16, return_sequences=True))
model.add(tf.keras.layers.Dense(1))
model.compile(loss="mse", optimizer="adam")
model.fit(X, y, epochs=1, batch_size=16, verbose=0)
