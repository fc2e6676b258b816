# expect: images-unlike-training @ 32
# keras: silent
# file: photos/*.png 4 (48, 48, 3)
import glob

import cv2
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class Faces(keras.utils.PyDataset):
    def __init__(self, names, batch_size=2):
        super().__init__()
        self.names, self.batch_size = names, batch_size

    def __len__(self):
        return len(self.names) // self.batch_size

    def __getitem__(self, index):
        part = self.names[index * self.batch_size : (index + 1) * self.batch_size]
        images = [cv2.cvtColor(cv2.imread(name), cv2.COLOR_BGR2RGB) for name in part]
        images = [cv2.resize(image, (48, 48)) / 255.0 for image in images]
        return np.array(images), np.zeros(len(images))


class Detector:
    def __init__(self, model):
        self.model = model

    def detect(self, frame):
        return self.model.predict(np.expand_dims(cv2.resize(frame, (48, 48)) / 255.0, 0), verbose=0)


model = keras.Sequential([keras.Input((48, 48, 3)), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(1, "sigmoid")])
model.compile("adam", "binary_crossentropy")
names = sorted(glob.glob("photos/*.png"))
model.fit(Faces(names), verbose=0)
print(Detector(model).detect(cv2.imread(names[0])))
