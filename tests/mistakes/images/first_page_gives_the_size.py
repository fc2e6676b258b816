# expect: width-before-height @ 16
# keras: crash
# file: pages/*.png 3 (60, 90, 3)
from pathlib import Path

import numpy as np
from PIL import Image
import keras
from keras import layers

first = Image.open("pages/0.png")
width, height = first.size


def denoiser(rows, columns):
    page = keras.Input((rows, columns, 3))
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(page)
    return keras.Model(page, layers.Conv2D(3, 3, padding="same", activation="sigmoid")(x))


pages = np.stack([np.asarray(Image.open(path), dtype="float32") / 255 for path in sorted(Path("pages").iterdir())])
model = denoiser(width, height)
model.compile("adam", "mse")
model.fit(pages, pages, epochs=1)
