# a method that is only called for another size than the default is not judged with the default
from keras.layers import Concatenate, Conv2D, Dense, Flatten, Input, Reshape
from keras.models import Model


class Judge:
    def __init__(self, size=96, marks=12):
        self.size, self.marks = size, marks
        self.network = self.small() if self.size == 24 else self.large()

    def ends(self):
        return Input((self.size, self.size, 3)), Input((self.marks,))

    def small(self):
        photo, marks = self.ends()
        x = Conv2D(32, 5, strides=5)(photo)
        x = Conv2D(64, 4)(x)
        x = Concatenate()([x, Reshape((1, 1, self.marks))(marks)])
        return Model([photo, marks], Dense(1, activation="sigmoid")(Flatten()(x)))

    def large(self):
        photo, marks = self.ends()
        x = Conv2D(32, 8, strides=8)(photo)
        x = Conv2D(64, 12)(x)
        x = Concatenate()([x, Reshape((1, 1, self.marks))(marks)])
        return Model([photo, marks], Dense(1, activation="sigmoid")(Flatten()(x)))

    def enlarged(self):
        if self.size == 24:
            return self.small()
        if self.size > 500:
            return self.halved()
        return self.large()

    def halved(self):
        photo, _ = self.ends()
        return Model(photo, Reshape((500, 500, 3))(Conv2D(3, 2, strides=2, padding="same")(photo)))
