# crops whose rows come first, or whose names say nothing of the sides; shapes as lists
import cv2
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

SIDE = 32


def center_crop(image, height, width):
    rows, columns = image.shape[:2]
    top, left = (rows - height) // 2, (columns - width) // 2
    return image[top:top + height, left:left + width]


def faces(path, boxes):
    image = cv2.imread(path)
    for x, y, w, h in boxes:
        yield cv2.resize(image[y:y + h, x:x + w], (SIDE, SIDE))


def tiles(path):
    image = cv2.imread(path)
    w, h = image.shape[0] // 4, image.shape[1] // 4
    for x in range(4):
        for y in range(4):
            yield cv2.resize(image[x * w:(x + 1) * w, y * h:(y + 1) * h], (SIDE, SIDE))


def gram(features):
    _, height, width, channels = features.shape.as_list()
    flat = tf.reshape(features, (-1, height * width, channels))
    return tf.matmul(flat, flat, transpose_a=True) / (height * width)


(x_train, _), _ = keras.datasets.cifar10.load_data()
part = center_crop(np.moveaxis(x_train[0], 0, 1), 16, 24)
table = np.zeros((100, 20))
width, height = 4, 5
corner = table[:width, :height]
image = keras.Input((SIDE, SIDE, 3))
model = keras.Model(image, layers.Conv2D(8, 3, padding="same")(image))
style = gram(model(tf.zeros((2, SIDE, SIDE, 3))))
units = layers.Dense(model.output.get_shape().as_list()[-1])(model.output)
