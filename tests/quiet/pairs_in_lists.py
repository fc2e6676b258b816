# a generator may yield [x, y]: Keras takes it apart as it does (x, y)
import keras
import numpy as np


def captions():
    while True:
        yield [[np.zeros((8, 100)), np.zeros((8, 30))], np.zeros((8, 500))]


def pairs():
    for _ in range(3):
        yield [np.zeros((8, 30)), np.zeros((8, 1))]


picture, words = keras.Input((100,)), keras.Input((30,))
both = keras.layers.concatenate([picture, words])
model = keras.Model([picture, words], keras.layers.Dense(500, activation="softmax")(both))
model.compile("adam", "categorical_crossentropy")
model.fit(captions(), steps_per_epoch=3)
model.fit_generator(captions(), steps_per_epoch=3)

single = keras.Sequential([keras.Input((30,)), keras.layers.Dense(1)])
single.compile("adam", "mse")
single.fit(pairs())
