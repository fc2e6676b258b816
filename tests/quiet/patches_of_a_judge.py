# a discriminator of patches, part of the model that trains its generator, with labels that nobody sees
from keras import Input, Model
from keras.layers import Conv2D, Dense, LeakyReLU, UpSampling2D


class Upscaler:
    def __init__(self, load, height=24):
        self.load = load
        self.small, self.large = (height, height, 3), (height * 4, height * 4, 3)
        self.maker = self.build_maker()
        self.judge = self.build_judge()
        self.judge.compile("adam", "binary_crossentropy")
        self.whole = self.build_whole()
        self.whole.compile("adam", "mse")

    def build_maker(self):
        image = Input(self.small)
        return Model(image, Conv2D(3, 9, padding="same")(UpSampling2D(4)(image)))

    def build_judge(self, filters=16):
        image = Input(self.large)
        x = LeakyReLU()(Conv2D(filters, 3, strides=2, padding="same")(image))
        x = LeakyReLU()(Conv2D(filters * 2, 3, strides=2, padding="same")(x))
        return Model(image, Dense(1, activation="sigmoid")(LeakyReLU()(Dense(64)(x))))

    def build_whole(self):
        image = Input(self.small)
        self.judge.trainable = False
        return Model(image, self.judge(self.maker(image)))

    def train(self, rounds):
        for _ in range(rounds):
            images, labels = self.load()
            self.whole.train_on_batch(images, labels)


image = Input((96, 96, 3))
x = Conv2D(32, 3, strides=2, padding="same")(image)
classes = Model(image, Dense(10, activation="softmax")(x))  # expect: missing-flatten
