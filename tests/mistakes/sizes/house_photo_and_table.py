# expect: size-mismatch @ 33
# keras: crash
"""House prices from a photo and a few numbers (bedrooms, bathrooms, area, zip code)."""
import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Model
from tensorflow.keras.layers import (Input, Dense, Conv2D, MaxPooling2D, BatchNormalization,
                                     Activation, Dropout, concatenate)


def create_mlp(dim):
    inp = Input(shape=(dim,))
    x = Dense(8, activation="relu")(inp)
    x = Dense(4, activation="relu")(x)
    return Model(inp, x)


def create_cnn(width, height, depth, filters=(16, 32, 64)):
    inp = Input(shape=(height, width, depth))
    x = inp
    for f in filters:
        x = Conv2D(f, (3, 3), padding="same")(x)
        x = Activation("relu")(x)
        x = BatchNormalization(axis=-1)(x)
        x = MaxPooling2D(pool_size=(2, 2))(x)
    x = Dropout(0.5)(x)
    x = Dense(4, activation="relu")(x)
    return Model(inp, x)


mlp = create_mlp(10)
cnn = create_cnn(64, 64, 3)
combined = concatenate([mlp.output, cnn.output])
x = Dense(4, activation="relu")(combined)
x = Dense(1, activation="linear")(x)
model = Model(inputs=[mlp.input, cnn.input], outputs=x)
model.compile(loss="mean_absolute_percentage_error", optimizer="adam")
