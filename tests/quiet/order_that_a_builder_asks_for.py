# Keras 1: the shape is given in Theano's order, the builder asks which it is, and normalises over time as well
from keras import backend as K
from keras.layers import BatchNormalization, Convolution2D, Dense, ELU, Flatten, Input, MaxPooling2D, ZeroPadding2D
from keras.models import Model


def tagger(shape=None):
    if K.image_dim_ordering() == "th":
        default, channels, steps = (1, 96, 1366), 1, 3
    else:
        default, channels, steps = (96, 1366, 1), 3, 2
    spectrum = Input(shape=default if shape is None else shape)
    x = ZeroPadding2D(padding=(0, 37))(spectrum)
    x = BatchNormalization(axis=steps)(x)
    x = Convolution2D(64, 3, 3, border_mode="same")(x)
    x = BatchNormalization(axis=channels, mode=0)(x)
    x = MaxPooling2D(pool_size=(2, 2), strides=(2, 2))(ELU()(x))
    return Model(spectrum, Dense(10, activation="softmax")(Flatten()(x)))


model = tagger(shape=(1, 96, 1366))
model.compile(loss="categorical_crossentropy", optimizer="adam")
