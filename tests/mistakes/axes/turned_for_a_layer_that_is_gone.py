# expect: batch-merged @ 18
# keras: silent
import keras
import numpy as np
from keras import layers, ops

STEPS, FEATURES = 8, 6


class Summary(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(16, activation="relu")
        self.out = layers.Dense(2, activation="softmax")

    def call(self, x):
        x = ops.swapaxes(self.hidden(x), 0, 1)
        x = ops.reshape(x, (-1, STEPS * 16))
        return self.out(x)


model = Summary()
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.rand(32, STEPS, FEATURES), np.random.randint(0, 2, 32), verbose=0)
