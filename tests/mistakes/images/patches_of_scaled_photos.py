# expect: swapped-image-size @ 17
# keras: silent
# file: photos/*.png 3 (60, 80, 3)
import cv2
import numpy as np
from keras import Sequential, layers

SIDE = 20


def patches(path):
    photo = cv2.imread(path)
    height, width = photo.shape[:2]
    found = []
    for scale in (1.0, 0.75):
        height_scaled, width_scaled = int(height * scale), int(width * scale)
        smaller = cv2.resize(photo, (height_scaled, width_scaled))
        for top in range(0, smaller.shape[0] - SIDE, SIDE):
            found.append(smaller[top:top + SIDE, :SIDE])
    return found


X = np.array([patch for number in range(3) for patch in patches(f"photos/{number}.png")]) / 255.0
model = Sequential([layers.Input((None, None, 3)), layers.Conv2D(3, 3, padding="same")])
model.compile("adam", "mse")
model.fit(X, X, epochs=1, verbose=0)
