# expect: swapped-image-size @ 22
# reported: round 6
# keras: silent
# file: train/*.png 2 (60, 80, 1)
import glob

import cv2
import numpy as np
from tensorflow.keras.layers import Activation, BatchNormalization, Conv2D, Input, Subtract
from tensorflow.keras.models import Model

patch_size, stride = 40, 10
scales = [1, 0.9, 0.8, 0.7]


def gen_patches(file_name):
    img = cv2.imread(file_name, 0)
    h, w = img.shape
    patches = []
    for s in scales:
        h_scaled, w_scaled = int(h * s), int(w * s)
        img_scaled = cv2.resize(img, (h_scaled, w_scaled), interpolation=cv2.INTER_CUBIC)
        rows, columns = img_scaled.shape
        for i in range(0, rows - patch_size + 1, stride):
            for j in range(0, columns - patch_size + 1, stride):
                patches.append(img_scaled[i:i + patch_size, j:j + patch_size])
    return patches


def datagenerator(data_dir="train"):
    data = []
    for name in glob.glob(data_dir + "/*.png"):
        data.extend(gen_patches(name))
    data = np.array(data, dtype="uint8")
    return data.reshape((data.shape[0], data.shape[1], data.shape[2], 1))


def dncnn(depth=5, filters=16):
    inpt = Input(shape=(None, None, 1))
    x = Conv2D(filters, 3, padding="same", activation="relu")(inpt)
    for _ in range(depth - 2):
        x = Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = BatchNormalization(axis=3)(x)
        x = Activation("relu")(x)
    x = Conv2D(1, 3, padding="same", use_bias=False)(x)
    return Model(inpt, Subtract()([inpt, x]))


clean = datagenerator().astype("float32") / 255.0
noisy = clean + np.random.normal(0, 25 / 255.0, clean.shape)
model = dncnn()
model.compile(optimizer="adam", loss="mse")
model.fit(noisy, clean, batch_size=8, epochs=1)
