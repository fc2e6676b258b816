# expect: logits-as-probabilities @ 19
# keras: silent
import keras
import numpy as np
from keras import layers


class Seeds(keras.Model):
    def __init__(self, kinds):
        super().__init__()
        self.hidden = layers.Dense(12, activation="relu")
        self.kind = layers.Dense(kinds)

    def call(self, sizes):
        return self.kind(self.hidden(sizes))


seeds = Seeds(3)
seeds.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
seeds.fit(np.random.rand(30, 7), np.random.randint(0, 3, 30), verbose=0)
