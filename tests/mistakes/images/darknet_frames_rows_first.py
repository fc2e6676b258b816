# missed: swapped-image-size @ 28 height and width are equal here: low confidence
# reported: round 7
# keras: silent
# file: signs/*.png 3 (70, 80, 3)
import os

import cv2
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class Framework:
    def __init__(self, meta):
        self.meta = meta
        h, w, c = meta["inp_size"]
        self.net = keras.Sequential([
            keras.Input((None, None, c)),
            layers.Conv2D(16, 3, padding="same"), layers.LeakyReLU(0.1), layers.MaxPooling2D(),
            layers.Conv2D(32, 3, padding="same"), layers.LeakyReLU(0.1), layers.MaxPooling2D(),
            layers.Conv2D(meta["out"], 1),
        ])

    def preprocess(self, im):
        if isinstance(im, str):
            im = cv2.imread(im)
        h, w, c = self.meta["inp_size"]
        imsz = cv2.resize(im, (h, w))
        imsz = imsz / 255.
        imsz = imsz[:, :, ::-1]
        return imsz

    def predict(self, folder):
        names = sorted(os.listdir(folder))
        this_batch = [np.expand_dims(self.preprocess(os.path.join(folder, name)), 0) for name in names]
        feed = np.concatenate(this_batch, 0)
        return self.net.predict(feed)


framework = Framework({"inp_size": (64, 64, 3), "out": 30})
print(framework.predict("signs").shape)
