# a method that a subclass writes may return anything, and what follows its call is reached
from abc import ABC, abstractmethod

import keras
import numpy as np
from keras import layers


class Search:
    def __init__(self, start, length):
        self.start = np.array([[start]])
        self.length = length

    def next_scores(self, inputs, chosen):
        """Return the scores of all tokens."""
        raise NotImplementedError

    def run(self, inputs, width=1):
        chosen, total = self.start, np.zeros(1)
        for _ in range(self.length):
            total = total.reshape((-1, 1)) + self.next_scores(inputs, chosen)
            best = total.argpartition(-width, axis=None)[-width:]
            rows, columns = best // total.shape[1], best % total.shape[1]
            chosen = np.concatenate([chosen[rows], columns[:, None]], axis=1)
            total = total[rows, columns]
            leader = total.argmax()
            if chosen.shape[1] > 4:
                return chosen[leader]
        return chosen[total.argmax()]


class Plan(ABC):
    @abstractmethod
    def width(self):
        pass

    def depth(self):
        """Of the block."""

    @property
    @abstractmethod
    def shape(self):
        raise NotImplementedError("a subclass says it")

    @classmethod
    def heads(cls):
        raise NotImplementedError("no heads in " + cls.__name__)

    def build(self):
        model = keras.Sequential([keras.Input((8,)), layers.Dense(self.width()), layers.Dense(self.depth())])
        model.add(layers.Reshape(self.shape))
        model.add(layers.Conv1D(self.heads(), 2))
        return model
