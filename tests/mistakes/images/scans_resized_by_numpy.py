# expect: image-resized-in-memory @ 14
# keras: silent
# file: scans/*.png 3 (40, 30, 3)
import cv2
import numpy as np
from keras import Sequential, layers

SIDE = 24


def load(number):
    scan = cv2.imread(f"scans/{number}.png")
    scan = scan.astype("float32") / 255.0
    scan = np.resize(scan, (SIDE, SIDE, 3))
    return scan


scans = np.array([load(number) for number in range(3)])
model = Sequential([layers.Input((SIDE, SIDE, 3)), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(scans, np.zeros((3, 1)), epochs=1, verbose=0)
