# expect: swapped-image-size @ 30
# reported: round 8
# keras: silent
# file: paintings/*.png 4 (70, 100, 3)
import random

import cv2
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class Paintings:
    """Read images by their file names and give batches of one shape."""

    def __init__(self, names, shapes, random_crop=False):
        self.names = names
        self.shapes = shapes
        self.random_crop = random_crop

    def read(self, filename):
        img = cv2.imread(filename)
        return img

    def next_batch(self, batch_size):
        batch = []
        for _ in range(batch_size):
            filename = random.choice(self.names)
            img = self.read(filename)
            img = cv2.resize(img, tuple(self.shapes[:-1]))
            batch.append(img)
        return np.array(batch, dtype="float32") / 127.5 - 1.0


def inpaint_net():
    inputs = layers.Input((None, None, 3))
    x = layers.Conv2D(16, 5, padding="same", activation="elu")(inputs)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="elu")(x)
    x = layers.Conv2DTranspose(16, 4, strides=2, padding="same", activation="elu")(x)
    return keras.Model(inputs, layers.Conv2D(3, 3, padding="same", activation="tanh")(x))


IMG_SHAPES = [64, 96, 3]  # height, width, channels
data = Paintings(["paintings/%d.png" % i for i in range(4)], IMG_SHAPES)
net = inpaint_net()
net.compile(optimizer="adam", loss="mae")
for step in range(2):
    real = data.next_batch(4)
    mask = np.ones_like(real)
    mask[:, 16:40, 20:60] = 0
    net.train_on_batch(real * mask, real)
