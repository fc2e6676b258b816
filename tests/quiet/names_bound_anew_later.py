# nobody knows which of the values of a name a function finds that nothing calls
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, Sequential
from tensorflow.keras.layers import Dense, Flatten

width = 6
model = Sequential([Input((3,)), Dense(4)])
images = Input((8, 8))
colours = 3


def prepared(rows):
    return tf.one_hot(rows, 3)


def guess(rows):
    return model.predict(prepared(rows))


def numbered():
    return model.predict(np.zeros((10, 3)))


def wide():
    return Model(images, Dense(2)(Dense(width)(images)))


class Report:
    def show(self):
        print(model.predict(np.zeros((10, 3))))


def grey():
    net = Sequential([Input((8, 8, colours)), Flatten(), Dense(4)])
    return net.predict(np.zeros((10, 8, 8, 1)))  # expect: fed-shape


def prepared(rows, labels):
    return rows, labels


for width in (4, 8):
    with tf.device("/cpu:0"):
        model = Sequential([Input((width,)), Dense(4)])
        print(model.count_params())

if width > 5:
    a, b = Input((5,)), Input((7,))
else:
    a, b = Input((5,)), Input((7,))
model = Model([a, b], [Dense(2)(a), Dense(2)(b)])

scores = model.predict([np.zeros((4, 5)), np.zeros((4, 7))])
scores = scores[0]


def rated():
    net = Sequential([Input((3,)), Dense(1)])
    return net.predict(scores)  # expect: fed-shape
