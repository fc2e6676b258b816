# a relativistic loss compares each sample with the mean of the other batch
from keras import Input, Model
from keras import backend as K
from keras.layers import Conv2D, Lambda


class Gan:
    def __init__(self, size=32):
        self.shape = (size, size, 3)
        self.judge = self.build_judge()
        self.relative = self.build_relative()

    def build_judge(self):
        image = Input(self.shape)
        x = Conv2D(8, 3, strides=2, padding="same", activation="relu")(image)
        return Model(image, Conv2D(1, 3, padding="same")(x))

    def build_relative(self):
        def compare(pair):
            real, fake = pair
            return [K.sigmoid(fake - K.mean(real)), K.sigmoid(real - K.mean(fake))]

        real, fake = Input(self.shape), Input(self.shape)
        return Model([real, fake], Lambda(compare)([self.judge(real), self.judge(fake)]))


Gan()
image = Input((32, 32, 3))
centred = Lambda(lambda x: x - K.mean(x))(image)  # expect: works-along-batch
Model(image, Conv2D(8, 3)(centred))
