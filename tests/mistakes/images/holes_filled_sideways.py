# expect: swapped-image-size @ 31
# expect: swapped-image-size @ 33
# reported: round 4
# keras: silent
# file: mask.png (70, 100, 3)
# file: street.png (70, 100, 3)
import argparse

import cv2
import numpy as np
from tensorflow.keras import layers, models

parser = argparse.ArgumentParser()
parser.add_argument("--height", type=int, default=64)
parser.add_argument("--width", type=int, default=96)
args = parser.parse_args([])


def build_generator():
    image = layers.Input((None, None, 3))
    mask = layers.Input((None, None, 1))
    x = layers.Concatenate()([image, mask])
    x = layers.Conv2D(16, 5, padding="same", activation="elu")(x)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="elu")(x)
    x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="elu")(x)
    return models.Model([image, mask], layers.Conv2D(3, 3, padding="same", activation="tanh")(x))


model = build_generator()
file_mask, file_image = "mask.png", "street.png"
test_mask = cv2.resize(cv2.imread(file_mask), (args.height, args.width))
test_mask = test_mask[:, :, 0:1] / 255.0
test_image = cv2.resize(cv2.imread(file_image), (args.height, args.width))
test_image = test_image / 127.5 - 1
test_image = test_image * (1 - test_mask)
result = model.predict([test_image[np.newaxis], test_mask[np.newaxis]])
cv2.imwrite("result.png", ((result[0] + 1) * 127.5).astype("uint8"))
