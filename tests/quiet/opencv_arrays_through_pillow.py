# Pillow turns and resizes arrays of OpenCV as they are: their colours stay blue first, at training and at prediction
import glob

import cv2
import numpy as np
from PIL import Image
from tensorflow import keras


def load(path):
    return np.array(Image.fromarray(cv2.imread(path)).resize((64, 64)))


images = np.array([load(path) for path in glob.glob("train/*.png")])
model = keras.Sequential([keras.Input((64, 64, 3)), keras.layers.Flatten(), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(images, np.zeros(len(images)))
model.predict(cv2.resize(cv2.imread("one.png"), (64, 64))[None])
model.predict(np.array(Image.fromarray(cv2.imread("two.png")).convert("RGB").resize((64, 64)))[None])
model.predict(cv2.resize(np.array(Image.open("three.png").convert("RGB"))[..., ::-1], (64, 64))[None])
