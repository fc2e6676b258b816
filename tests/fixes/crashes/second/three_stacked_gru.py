import numpy as np
import keras

load = np.random.rand(48, 24, 3)
model = keras.Sequential()
model.add(keras.layers.GRU(32, input_shape=(24, 3)))
model.add(keras.layers.GRU(16))
model.add(keras.layers.GRU(8))
model.add(keras.layers.Dense(1))
model.compile("adam", "mse")
model.fit(load, np.random.rand(48, 1), verbose=0)
