import random

import cv2
import numpy as np
from keras.layers import Conv2D, Input
from keras.models import Model
from keras.utils import Sequence


class Pairs(Sequence):
    def __init__(self, paths, batch_size=16, size=64):
        self.paths, self.batch_size, self.size = paths, batch_size, size

    def __len__(self):
        return len(self.paths) // self.batch_size

    def __getitem__(self, index):
        x = np.zeros((self.batch_size, self.size, self.size, 3), dtype=np.uint8)
        y = np.zeros((self.batch_size, self.size, self.size, 3), dtype=np.uint8)
        filled = 0
        while True:
            image = cv2.imread(random.choice(self.paths))
            if image.shape[0] >= self.size:
                x[filled] = image[: self.size, : self.size]
                y[filled] = x[filled]
                filled += 1
                if filled == self.batch_size:
                    return x, y


class Whole(Sequence):
    def __init__(self, paths):
        self.data = []
        for path in paths:
            y = cv2.imread(path)
            self.data.append([np.expand_dims(y, axis=0), np.expand_dims(y, axis=0)])

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.data[index]


image = Input((None, None, 3))
model = Model(image, Conv2D(3, 3, padding="same")(image))
model.compile(loss="mse")
model.fit(Pairs(["a.png", "b.png"]), validation_data=Whole(["c.png"]))
