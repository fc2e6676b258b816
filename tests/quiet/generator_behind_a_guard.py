# without rows there is no generator; what fit is given is the generator, and never a list of its pairs
import numpy as np
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Add, Dense


def forever(rows, size):
    while True:
        yield (np.array(rows), np.zeros((size, 4))), np.zeros(size)


def some(rows, size):
    if not rows:
        return None
    return forever(rows, size)


left, right = Input((4,)), Input((4,))
model = Model([left, right], Dense(1)(Add()([left, right])))
model.compile("adam", "mse")


def train(rows):
    model.fit(some(rows, 16), steps_per_epoch=3)
