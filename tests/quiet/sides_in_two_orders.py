# the condition is anybody's, and what its sides write says that it chooses the order of the axes
import numpy as np
from keras.datasets import cifar10
from keras.layers import Conv2D, Flatten, Input, MaxPooling2D
from settings import FIRST, order


def base(image):
    x = Conv2D(8, (3, 3), padding="same", activation="relu")(image)
    return MaxPooling2D((2, 2))(x)


if order():
    image = Input((3, None, None))
    base(image)
else:
    image = Input((None, None, 3))
    base(image)


def build(wanted):
    if order(wanted):
        return Flatten()(MaxPooling2D()(MaxPooling2D()(base(Input((3, 64, 64))))))
    return Flatten()(base(Input((64, 64, 3))))


def load():
    (x_train, _), _ = cifar10.load_data()
    if FIRST:
        x_train = x_train.reshape(x_train.shape[0], 3, 32, 32)
    else:
        x_train = x_train.reshape(x_train.shape[0], 32, 32, 3)
    return np.asarray(x_train)


if order.first:
    shape = (1, order.bands, 120)
else:
    shape = (40, 120, 1)
spectrum = Input(shape)
Conv2D(8, 3, padding="same")(spectrum)
