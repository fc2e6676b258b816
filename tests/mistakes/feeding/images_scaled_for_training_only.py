# expect: images-unlike-training @ 23
# keras: silent
# file: photos/*.png 4 (40, 56, 3)
import glob

import cv2
import numpy as np
from tensorflow.keras import layers, models

HEIGHT, WIDTH = 40, 56


def load_all(names):
    images = np.zeros((len(names), HEIGHT, WIDTH, 3), dtype="float32")
    for i, name in enumerate(names):
        images[i] = cv2.resize(cv2.imread(name), (WIDTH, HEIGHT)) / 127.5 - 1.0
    return images


def classify(model, name):
    image = cv2.imread(name)
    image = cv2.resize(image, (WIDTH, HEIGHT))
    return model.predict(image[np.newaxis].astype("float32"), verbose=0).argmax(axis=-1)


model = models.Sequential([layers.Input((HEIGHT, WIDTH, 3)), layers.Conv2D(8, 3), layers.GlobalAveragePooling2D(), layers.Dense(2, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
names = sorted(glob.glob("photos/*.png"))
model.fit(load_all(names), np.arange(len(names)) % 2, verbose=0)
print(classify(model, names[0]))
