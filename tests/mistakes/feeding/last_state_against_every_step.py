# expect: steps-unlike-target @ 23
# keras: crash
import numpy as np
import keras
from keras import layers

T, F, K = 30, 6, 4
rng = np.random.default_rng(0)
signals = rng.normal(size=(40, T, F)).astype("float32")
# sleep stage of every epoch, one-hot: (nights, epochs, stages)
stages = np.eye(K, dtype="float32")[rng.integers(0, K, (40, T))]


class Stager:
    def __init__(self, units=16):
        inp = keras.Input((T, F))
        x = layers.Bidirectional(layers.GRU(units))(inp)
        x = layers.Dropout(0.2)(x)
        self.net = keras.Model(inp, layers.Dense(K, activation="softmax")(x))

    def train(self, X, Y):
        self.net.compile("adam", "categorical_crossentropy")
        self.net.fit(X, Y, epochs=1, verbose=0)


Stager().train(signals, stages)
