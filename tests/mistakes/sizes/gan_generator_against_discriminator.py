# expect: size-mismatch @ 23
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Reshape, Flatten, LeakyReLU, BatchNormalization, Conv2D, UpSampling2D


class GAN():
    def __init__(self):
        self.img_rows = 28
        self.img_cols = 28
        self.channels = 1
        self.img_shape = (self.img_rows, self.img_cols, self.channels)
        self.latent_dim = 100

        self.discriminator = self.build_discriminator()
        self.discriminator.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
        self.generator = self.build_generator()
        self.discriminator.trainable = False

        self.combined = Sequential()
        self.combined.add(self.generator)
        self.combined.add(self.discriminator)
        self.combined.compile(loss='binary_crossentropy', optimizer='adam')

    def build_generator(self):
        model = Sequential()
        model.add(Dense(128 * 8 * 8, activation='relu', input_shape=(self.latent_dim,)))
        model.add(Reshape((8, 8, 128)))
        model.add(UpSampling2D())
        model.add(Conv2D(128, kernel_size=3, padding='same'))
        model.add(BatchNormalization(momentum=0.8))
        model.add(UpSampling2D())
        model.add(Conv2D(self.channels, kernel_size=3, padding='same', activation='tanh'))
        return model

    def build_discriminator(self):
        model = Sequential()
        model.add(Flatten(input_shape=self.img_shape))
        model.add(Dense(512))
        model.add(LeakyReLU())
        model.add(Dense(1, activation='sigmoid'))
        return model


if __name__ == '__main__':
    gan = GAN()
