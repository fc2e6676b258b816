# expect: reshape-as-transpose @ 22
# keras: silent
# file: endo/*.png 24 (40, 40, 3)
import glob
import cv2
import numpy as np
import keras
from keras import layers

SIZE, DEPTH = 32, 8


def volume(paths):
    """A stack of grey frames, depth last."""
    frames = [cv2.resize(cv2.imread(p, 0), (SIZE, SIZE)) for p in paths]
    return np.dstack(frames) / 255.0


stack = volume(sorted(glob.glob("endo/*.png")))
n = stack.shape[-1] // DEPTH
stack = stack[..., : n * DEPTH]
cubes = np.reshape(stack, (n, SIZE, SIZE, DEPTH))
cubes = cubes[..., np.newaxis]

inp = keras.Input((SIZE, SIZE, DEPTH, 1))
x = layers.Conv3D(8, 3, padding="same", activation="relu")(inp)
x = layers.MaxPool3D(2)(x)
x = layers.UpSampling3D(2)(x)
out = layers.Conv3D(1, 3, padding="same", activation="sigmoid")(x)
ae = keras.Model(inp, out)
ae.compile("adam", "mse")
ae.fit(cubes, cubes, epochs=1, batch_size=1)
