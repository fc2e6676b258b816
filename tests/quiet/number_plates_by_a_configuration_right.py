import sys

import cv2
import numpy as np
from keras import Input, Sequential
from keras.layers import Conv2D, Dense, GlobalMaxPooling2D

PLATES = {"IMG_H": len(sys.argv) * 32, "IMG_W": len(sys.argv) * 48}


class Plates:
    def __init__(self, config, photos):
        self.config, self.photos = config, photos

    def batch(self):
        batch = np.zeros((len(self.photos), self.config["IMG_H"], self.config["IMG_W"], 3))
        for place, photo in enumerate(self.photos):
            batch[place] = self.shrunk(photo)
        return batch

    def shrunk(self, photo):
        return cv2.resize(photo, (self.config["IMG_W"], self.config["IMG_H"])) / 255.0


plates = Plates(PLATES, np.random.randint(0, 256, (4, 90, 70, 3), "uint8"))
reader = Sequential([Input((None, None, 3)), Conv2D(8, 3), GlobalMaxPooling2D(), Dense(1)])
print(reader.predict(plates.batch(), verbose=0))
