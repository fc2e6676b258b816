import collections

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class Episode:
    def __init__(self, most=10_000):
        self.rewards = collections.deque(maxlen=most)

    def append(self, reward: float):
        self.rewards.append(reward)

    @staticmethod
    def discounted(rewards, gamma=0.99):
        found, total = np.zeros_like(rewards), 0.0
        for step in reversed(range(found.size)):
            total = total * gamma + rewards[step]
            found[step] = total
        return (found - np.mean(found)) / (np.std(found) + 1e-9)

    def returns(self, gamma=0.99):
        return self.discounted(list(self.rewards), gamma)


policy = keras.Sequential([keras.Input((4,)), layers.Dense(16, activation="relu"), layers.Dense(2)])
