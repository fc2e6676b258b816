# a Sequential without an Input takes what its first layer takes: a list, if that merges
import keras
import numpy as np
from keras import layers
from other_package import Gate


class Both(layers.Layer):
    def call(self, pair):
        return pair[0] + pair[1]


wide, narrow = np.zeros((20, 6)), np.zeros((20, 2))

joined = keras.Sequential([layers.Concatenate(), layers.Dense(1)])
joined.compile("sgd", "mse")
joined.fit([wide, narrow], np.zeros((20, 1)))
joined.predict([wide, narrow])

summed = keras.Sequential([keras.Sequential([layers.Add()]), layers.Dense(1)])
summed.compile("sgd", "mse")
summed.fit([wide, wide], np.zeros((20, 1)))

for first in (Both(), Gate(), layers.Lambda(lambda pair: pair[0] * pair[1])):
    model = keras.Sequential([first, layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit([wide, wide], np.zeros((20, 1)))

plain = keras.Sequential([layers.Dense(1)])
plain.compile("sgd", "mse")
plain.fit([wide, wide], np.zeros((20, 1)))  # expect: fed-structure
