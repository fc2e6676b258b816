# expect: results-in-other-order @ 37
# keras: silent
import logging

import numpy as np
import keras
from keras import layers

log = logging.getLogger("cv")


def make(n_features):
    model = keras.Sequential()
    model.add(layers.Input((n_features,)))
    model.add(layers.Dense(20, activation="relu"))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def folds(n, k, seed=0):
    order = np.random.default_rng(seed).permutation(n)
    for part in np.array_split(order, k):
        yield np.setdiff1d(order, part), part


class CrossValidation:
    def __init__(self, k=4):
        self.k = k
        self.accuracies = []
        self.best = None

    def run(self, x, y):
        for train, test in folds(len(x), self.k):
            model = make(x.shape[1])
            model.fit(x[train], y[train], epochs=1, verbose=0)
            accuracy, loss = model.evaluate(x[test], y[test], verbose=0)
            log.info("accuracy %.3f loss %.3f", accuracy, loss)
            if self.best is None or accuracy > max(self.accuracies):
                self.best = model
            self.accuracies.append(accuracy)
        return np.mean(self.accuracies), np.std(self.accuracies)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    x = np.random.rand(200, 13)
    y = (x[:, 0] + x[:, 5] > 1).astype(int)
    mean, std = CrossValidation().run(x, y)
    print(f"{mean:.3f} +- {std:.3f}")
