# expect: steps-unlike-target @ 30
# keras: silent
"""Remaining useful life of an engine, from 30 cycles."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class Experiment:
    window = 30
    sensors = 14

    def data(self, n=48):
        rng = np.random.default_rng(3)
        x = rng.normal(size=(n, self.window, self.sensors)).astype("float32")
        return x, rng.uniform(0, 125, n).astype("float32")

    def model(self):
        m = tf.keras.Sequential()
        m.add(layers.Input((self.window, self.sensors)))
        m.add(layers.GRU(16, return_sequences=True))
        m.add(layers.Dense(8, activation="relu"))
        m.add(layers.Dense(1))
        m.compile(optimizer="adam", loss=tf.keras.losses.MeanSquaredError())
        return m

    def run(self):
        x, rul = self.data()
        net = self.model()
        net.fit(x, rul, epochs=1, verbose=0)


Experiment().run()
