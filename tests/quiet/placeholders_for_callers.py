# defaults of functions that nothing here calls: one class, sizes that are left open
from keras import Input, Model
from keras.layers import Conv2D, Dense, Flatten


def segments(size=64, classes=1):
    image = Input((size, size, 3))
    return Model(image, Conv2D(classes, 1, activation="softmax")(Conv2D(8, 3, padding="same")(image)))


class Network:
    def __init__(self, classes=1):
        self.classes = classes

    def build(self):
        image = Input((8, 8, 3))
        return Model(image, Dense(self.classes, activation="softmax")(Flatten()(image)))


def of_any_size(shape=None, tensor=None, classes=10):
    if shape is None and tensor is None:
        shape = (None, None, 1)
    image = Input(shape=shape) if tensor is None else tensor
    return Model(image, Dense(classes, activation="softmax")(Flatten()(Conv2D(8, 3)(image))))


def one_for_all(size=64):
    image = Input((size, size, 3))
    return Model(image, Conv2D(1, 1, activation="softmax")(image))  # expect: softmax-over-one


def called(classes=1):
    image = Input((8, 8, 3))
    return Model(image, Dense(classes, activation="softmax")(Flatten()(image)))  # expect: softmax-over-one


called()
