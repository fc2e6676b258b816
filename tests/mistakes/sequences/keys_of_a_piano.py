# expect: ids-beyond-embedding @ 25
# expect: labels-beyond-units @ 36
# keras: crash
import numpy as np
import keras
from keras import layers

LOWEST, HIGHEST = 21, 108  # the 88 keys of a piano as MIDI numbers
N_KEYS = HIGHEST - LOWEST + 1


def melody(length):
    return np.random.randint(LOWEST, HIGHEST + 1, size=length)


def dataset(n=64, steps=16):
    xs = np.stack([melody(steps) for _ in range(n)])
    ys = np.array([melody(1)[0] for _ in range(n)])
    return xs, ys


class NextKey(keras.Model):
    def __init__(self, n_keys):
        super().__init__()
        self.table = layers.Embedding(n_keys, 16)
        self.rnn = layers.LSTM(16)
        self.head = layers.Dense(n_keys, activation="softmax")

    def call(self, keys):
        return self.head(self.rnn(self.table(keys)))


x, y = dataset()
model = NextKey(N_KEYS)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y, epochs=1)
