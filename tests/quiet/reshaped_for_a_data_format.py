import numpy as np
from keras import backend as K
from keras.datasets import cifar10


def load(image_data_format):
    (x_train, y_train), (x_test, y_test) = cifar10.load_data()
    if image_data_format == "channels_first":
        # the data has its channels first there
        x_train = x_train.reshape(x_train.shape[0], 3, 32, 32)
    else:
        x_train = x_train.reshape(x_train.shape[0], 32, 32, 3)
    return np.asarray(x_train)


def load_any(image_data_format, channels):
    (x_train, _), _ = cifar10.load_data()
    if image_data_format == "channels_first":
        return x_train.reshape(x_train.shape[0], channels, 32, 32)
    return x_train.reshape(x_train.shape[0], 32, 32, channels)
