# expect: conv-single-step @ 25
# keras: silent
"""Bearing fault classification on raw vibration windows."""
import numpy as np
import keras
from keras import layers, regularizers

WINDOW = 1024
N_CLASSES = 4


def load_windows(n=48):
    """Stands in for the .mat files: one row a window."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(n, WINDOW)).astype("float32"), rng.integers(0, N_CLASSES, n)


class FaultClassifier:
    def __init__(self, reg=1e-4):
        self.reg = regularizers.l2(reg)
        self.model = self._build()

    def _build(self):
        inp = keras.Input((1, WINDOW))
        x = layers.Conv1D(16, 64, strides=16, padding="same", kernel_regularizer=self.reg)(inp)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
        x = layers.Flatten()(x)
        x = layers.Dense(100, activation="relu")(x)
        return keras.Model(inp, layers.Dense(N_CLASSES, activation="softmax")(x))

    def train(self, X, y):
        X = X[:, np.newaxis, :]
        self.model.compile("adam", "sparse_categorical_crossentropy")
        return self.model.fit(X, y, epochs=1, verbose=0)


X, y = load_windows()
FaultClassifier().train(X, y)
