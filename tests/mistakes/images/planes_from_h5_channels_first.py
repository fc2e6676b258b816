# expect: channels-first-input @ 19
# keras: silent
# file: galaxy.npz images=(12, 5, 48, 48) redshift=(12,)
import numpy as np
import keras
from keras import layers

BANDS = 5
SIDE = 48


def load(path="galaxy.npz"):
    z = np.load(path)
    return z["images"], z["redshift"]


x, y = load()
inp = keras.Input((BANDS, SIDE, SIDE))
h = layers.Conv2D(16, 3, padding="same", activation="relu")(inp)
h = layers.Conv2D(32, 3, padding="same", activation="relu")(h)
h = layers.GlobalAveragePooling2D()(h)
model = keras.Model(inp, layers.Dense(1)(h))
model.compile("adam", "mse")
model.fit(x, y, epochs=1, verbose=0)
