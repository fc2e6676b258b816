# the means of ImageNet in the order of the image's colours, and numbers that only look like them
import cv2
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.utils import img_to_array, load_img

MEAN, STD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
model = keras.Sequential([keras.Input((64, 64, 3)), keras.layers.Conv2D(8, 3)])


def red_first(path):
    image = cv2.cvtColor(cv2.resize(cv2.imread(path), (64, 64)), cv2.COLOR_BGR2RGB)
    return (image / 255.0 - MEAN) / STD


def blue_first(path):
    image = cv2.resize(cv2.imread(path), (64, 64)).astype("float32")
    image[:, :, 0] -= 103.939
    image[:, :, 1] -= 116.779
    image[:, :, 2] -= 123.68
    return image


def by_keras(path):
    image = img_to_array(load_img(path, target_size=(64, 64)))[:, :, ::-1]
    return image - np.float32([103.939, 116.779, 123.68])


def by_tensorflow(path):
    image = tf.image.resize(tf.io.decode_jpeg(tf.io.read_file(path), channels=3), (64, 64))
    red, green, blue = tf.unstack(image, axis=-1)
    turned = tf.stack([blue, green, red], axis=-1)
    return turned - [103.939, 116.779, 123.68], image - [123.68, 116.779, 103.939]


def own(path):
    image = cv2.resize(cv2.imread(path), (64, 64)) / 255.0
    return image - 0.485, image - [0.5, 0.5, 0.5], image[..., 1] - 0.456


for prepare in (red_first, blue_first, by_keras):
    model.predict(prepare("cat.jpg")[None])
model.predict(by_tensorflow("cat.jpg")[0][None])
model.predict(own("cat.jpg")[1][None])
