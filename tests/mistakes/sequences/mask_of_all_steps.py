# expect: mask-of-other-length @ 12
# expect: mask-of-other-length @ 13
# keras: crash
import numpy as np
import keras
from keras import layers, ops

STEPS, DIM = 20, 8
inp = keras.Input((STEPS, DIM))
mask = keras.Input((STEPS,), dtype="bool")
x = layers.Conv1D(16, 3, activation="relu")(inp)
x = layers.GRU(12, return_sequences=True)(x, mask=mask)
x = layers.GlobalAveragePooling1D()(x, mask=mask)
out = layers.Dense(2, activation="softmax")(x)
model = keras.Model([inp, mask], out)
model.compile("adam", "sparse_categorical_crossentropy")


def batch(n):
    lengths = np.random.randint(5, STEPS, n)
    keep = np.arange(STEPS)[None] < lengths[:, None]
    return np.random.rand(n, STEPS, DIM), keep


data, keep = batch(16)
model.fit([data, keep], np.random.randint(0, 2, 16), epochs=1)
