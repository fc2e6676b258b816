# expect: stored-in-other-shape @ 17
# keras: crash
# file: masks/*.png 3 (32, 32, 1)
import glob

import cv2
import numpy as np
from keras.layers import Conv2D, Input
from keras.models import Model

IMG_SIZE = 32
ids = sorted(glob.glob("masks/*.png"))

Y_train = np.zeros((len(ids), IMG_SIZE, IMG_SIZE, 1), dtype=bool)
for n, path in enumerate(ids):
    mask = cv2.imread(path, cv2.IMREAD_GRAYSCALE)
    Y_train[n] = cv2.resize(mask, (IMG_SIZE, IMG_SIZE)) > 127

X_train = np.random.rand(len(ids), IMG_SIZE, IMG_SIZE, 3)
inputs = Input((IMG_SIZE, IMG_SIZE, 3))
model = Model(inputs, Conv2D(1, 3, padding="same", activation="sigmoid")(inputs))
model.compile("adam", "binary_crossentropy")
model.fit(X_train, Y_train, epochs=1)
