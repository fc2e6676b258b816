import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import GRU, Dense

LOOK_BACK, N_FEATURES = 14, 5
table = np.random.rand(120, 6)
X = np.zeros((100, LOOK_BACK, table.shape[1]))
for i in range(100):
    X[i] = table[i:i + LOOK_BACK]
y = np.random.rand(100)
model = tf.keras.Sequential()
model.add(tf.keras.Input(shape=(LOOK_BACK, N_FEATURES)))
model.add(GRU(16))
model.add(Dense(1))
model.compile(loss="mae", optimizer="adam")
model.fit(X, y, epochs=1, verbose=0)
