# a validation that may be left out, and a padded list of something unknown
import keras
import numpy as np
from keras import layers
from keras.utils import pad_sequences


def train(x, y, x_val=None, y_val=None):
    single = keras.Sequential([keras.Input((30,)), layers.Dense(1)])
    single.compile("adam", "mse")
    single.fit(x, y, validation_data=(x_val, y_val) if x_val is not None else None)


train(np.zeros((90, 30)), np.zeros((90, 1)), np.zeros((9, 30)), np.zeros((9, 1)))


def gesture(frame, scale, length):
    matrix = scale(frame)
    padded = pad_sequences([matrix], maxlen=length, padding="post", dtype="float32")
    reader = keras.Sequential([keras.Input((length, 12)), layers.LSTM(8), layers.Dense(5)])
    return reader.predict(padded)
