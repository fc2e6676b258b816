# the labels say that a coarse grid of predictions is wanted
import numpy as np
from keras import Input, Model
from keras.layers import Conv2D, Dense, LeakyReLU


class Judge:
    def __init__(self):
        self.grid = (int(96 / 2**2), 24, 1)
        self.model = self.build()
        self.model.compile("adam", "mse")

    def build(self):
        image = Input((96, 96, 3))
        x = LeakyReLU()(Conv2D(16, 3, strides=2, padding="same")(image))
        x = LeakyReLU()(Conv2D(32, 3, strides=2, padding="same")(x))
        return Model(image, Dense(1, activation="sigmoid")(LeakyReLU()(Dense(64)(x))))

    def train(self, images, count):
        real = np.ones((count,) + self.grid)
        return self.model.train_on_batch(images, real)


Judge().train(np.zeros((8, 96, 96, 3)), 8)

image = Input((96, 96, 3))
x = Conv2D(32, 3, strides=2, padding="same")(image)
whole = Model(image, Dense(1, activation="sigmoid")(x))  # expect: missing-flatten
whole.compile("adam", "mse")
whole.fit(np.zeros((8, 96, 96, 3)), np.ones((8, 1)))  # expect: steps-unlike-target
