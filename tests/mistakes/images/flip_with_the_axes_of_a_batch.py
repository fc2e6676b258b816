# expect: flip-along-other-axis @ 14
# keras: silent
# file: photos/*.png 4 (48, 64, 3)
import glob
import random

import numpy as np
from keras import layers, models, utils

ROWS, COLS = 48, 64


def flip_along(x, axis):
    return np.flip(x, axis)


def augment(image):
    if random.random() > 0.5:
        image = flip_along(image, 2)
    return image


def batches(names):
    while True:
        images = [utils.img_to_array(utils.load_img(name, target_size=(ROWS, COLS))) for name in names]
        yield np.array([augment(image) / 255 for image in images]), np.zeros((len(names), 1))


names = sorted(glob.glob("photos/*.png"))
model = models.Sequential([layers.Input((ROWS, COLS, 3)), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(batches(names), steps_per_epoch=2, verbose=0)
