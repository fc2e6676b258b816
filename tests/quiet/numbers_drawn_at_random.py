# without a size, numpy draws a number of Python
import keras
import numpy as np

units = np.random.randint(100, 150)
inputs = keras.Input((8,))
hidden = keras.layers.Dense(units)(inputs)
hidden = keras.layers.Dense(np.random.poisson(30))(hidden)
hidden = keras.layers.Dense(np.random.RandomState(3).randint(4, 9))(hidden)
