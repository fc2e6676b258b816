# a default of 0, or of nothing in a list, stands for what each caller gives
from keras import Input, Model, layers
from other_package import Settings


def net(shape=(64, 64, 3), top=True, classes=0, *, further=0):
    image = Input(shape)
    x = layers.GlobalAveragePooling2D()(layers.Conv2D(8, 3)(image))
    x = layers.Dense(further)(x)
    return Model(image, layers.Dense(classes, activation="softmax")(x) if top else x)


class Head:
    def __init__(self, names=[], sizes={}, kernels=()):
        self.settings = Settings()
        self.names = names
        self.sizes = sizes
        self.kernels = kernels

    def build(self, depth=0):
        given = Input((32, 8))
        x = layers.Conv1D(len(self.kernels), 3, padding="same")(given)
        x = layers.GRU(len(self.sizes))(x)
        x = layers.Dense(depth)(x)
        return Model(given, layers.Dense(len(self.names), activation="sigmoid")(x))


def body(width=64, count=0):
    return net((width, width, 3), top=count > 0, classes=count, further=4)
