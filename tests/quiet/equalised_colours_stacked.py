import os
import cv2
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D

IMG = 48


def equalised(path):
    """Histogram equalisation of every colour by itself"""
    bgr = cv2.resize(cv2.imread(path), (IMG, IMG))
    b, g, r = cv2.split(bgr)
    planes = [cv2.equalizeHist(p) for p in (r, g, b)]
    return np.dstack(planes)


def folder(path):
    x = []
    for name in sorted(os.listdir(path)):
        if not name.lower().endswith((".png", ".jpg")):
            continue
        x.append(equalised(os.path.join(path, name)))
    return np.array(x, dtype="float32") / 255


coins = folder("coins")
value = np.array([0, 1, 2, 0, 1, 2])
cnn = Sequential([
    Input(coins.shape[1:]),
    Conv2D(16, 3, activation="relu"),
    MaxPooling2D(),
    Conv2D(32, 3, activation="relu"),
    MaxPooling2D(),
    Flatten(),
    Dense(3, activation="softmax"),
])
cnn.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
cnn.fit(coins, value, epochs=1)
