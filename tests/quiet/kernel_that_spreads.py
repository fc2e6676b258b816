# a transposed convolution of 5 with strides of 2 writes every tap, even from a code of two places
import numpy as np
from keras.layers import Conv2DTranspose, Input
from keras.models import Model


def decoder(height, width):
    code = Input(shape=(height, width, 1))
    x = Conv2DTranspose(32, (2, 5), strides=(1, 2), activation="relu", padding="same")(code)
    return Model(code, Conv2DTranspose(1, (2, 5), strides=(1, 2), padding="same")(x))


decoder(np.load("signals.npy").shape[0], 64 // 32)
