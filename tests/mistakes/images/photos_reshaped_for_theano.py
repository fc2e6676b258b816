# expect: reshape-as-transpose @ 21
# reported: round 6
# keras: silent
# file: catsdogs/train/a/*.png 3 (70, 80, 3)
# file: catsdogs/train/b/*.png 3 (70, 80, 3)
import os

import cv2
import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D, Permute
from tensorflow.keras.models import Model
from tensorflow.keras.utils import to_categorical

SIZE = 64
files, labels = [], []
for index, folder in enumerate(sorted(os.listdir("catsdogs/train"))):
    for name in os.listdir(os.path.join("catsdogs/train", folder)):
        image = cv2.imread(os.path.join("catsdogs/train", folder, name))
        image = cv2.resize(image, (SIZE, SIZE))
        image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
        image = np.array(image).reshape((3, SIZE, SIZE))
        files.append([image])
        labels.append(index)

X = np.concatenate(files).astype("float32") / 255
Y = to_categorical(labels, 2)

inputs = Input((3, SIZE, SIZE))
x = Permute((2, 3, 1))(inputs)
for filters in (16, 32):
    x = Conv2D(filters, (3, 3), activation="relu")(x)
    x = MaxPooling2D((2, 2))(x)
x = Dense(64, activation="relu")(Flatten()(x))
model = Model(inputs, Dense(2, activation="softmax")(x))
model.compile(loss="categorical_crossentropy", optimizer="sgd")
model.fit(X, Y, batch_size=2, epochs=1)
