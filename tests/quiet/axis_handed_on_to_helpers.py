# the axis is chosen by the data format in one function, and handed on to others under other names
import keras
from keras import backend, layers


def norm(x, axis):
    where = axis
    return layers.BatchNormalization(axis=where)(x)


def block(x, filters, bn_axis):
    return norm(layers.Conv2D(filters, 3, padding="same")(x), bn_axis)


def net(bn_axis=1):
    if backend.image_data_format() == "channels_last":
        bn_axis = 3
    axis = bn_axis
    image = keras.Input((32, 32, 3))
    return keras.Model(image, block(image, 8, axis))


net()
