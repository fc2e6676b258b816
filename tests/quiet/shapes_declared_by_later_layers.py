# Keras passes over the input_shape of a layer that is not the first, and of one inside of another
import keras
import numpy as np
from keras.layers import LSTM, Conv2D, Dense, Embedding, Flatten, Reshape, TimeDistributed

words = keras.Sequential()
words.add(Embedding(1000, 64))
words.add(LSTM(32, input_shape=(10, 64)))
words.add(Dense(1))
words.compile("adam", "mse")
words.fit(np.ones((7, 10)), np.ones((7, 1)))

flat = keras.Sequential([Flatten(), Dense(32, input_shape=(784,)), Dense(4)])
flat.predict(np.ones((7, 28, 28)))

image = keras.Sequential([Reshape((28, 28, 1)), Conv2D(8, 3, input_shape=(28, 28, 1)), Flatten(), Dense(4)])
image.predict(np.ones((7, 784)))

videos = keras.Sequential()
videos.add(TimeDistributed(Conv2D(8, 3, input_shape=(28, 28, 1))))
videos.add(TimeDistributed(Flatten()))
videos.add(LSTM(16))
videos.predict(np.ones((2, 5, 28, 28, 1)))
