# expect: missing-sample-axis @ 22
# keras: crash
import numpy as np
import keras
from keras import layers


class Decoder:
    """The half of an autoencoder that draws."""

    def __init__(self, latent_dim=2):
        z = keras.Input((latent_dim,))
        x = layers.Dense(7 * 7 * 8, activation="relu")(z)
        x = layers.Reshape((7, 7, 8))(x)
        x = layers.Conv2DTranspose(1, 3, strides=4, padding="same", activation="sigmoid")(x)
        self.model = keras.Model(z, x)


decoder = Decoder()
for xi in (-1.5, 0.0, 1.5):
    for yi in (-1.5, 0.0, 1.5):
        digit = decoder.model.predict(np.array([xi, yi]), verbose=0)
        assert digit.shape[1:] == (28, 28, 1)
