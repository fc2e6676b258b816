# colours, the order of time, and labels that are reversed with their images
import cv2
import numpy as np
from tensorflow import keras

(x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()
x_test, y_test = x_test[::-1], y_test[::-1]
image = cv2.imread("photo.png")
rgb = image[:, :, ::-1]
both = np.flip(image, axis=(0, 1))


def bgr_for_augmentation(images):
    return images[..., ::-1]


def augment(images):
    mirrored = np.flip(images, axis=2)
    return np.concatenate([images, mirrored[:, ::-1]])


def backwards(series):
    return series[::-1]


x_train = bgr_for_augmentation(augment(x_train))
series = backwards(np.sin(np.arange(100)))
clips = np.stack([x_train[:8], x_train[8:16]])
flipped_in_time = clips[:, ::-1]
