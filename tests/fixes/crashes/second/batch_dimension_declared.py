import numpy as np
import keras
from keras import layers

inputs = keras.Input(shape=(None, 96, 8))
x = layers.LSTM(32)(inputs)
outputs = layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
model.compile("adam", "mse")
model.fit(np.random.rand(20, 96, 8), np.random.rand(20), verbose=0)
