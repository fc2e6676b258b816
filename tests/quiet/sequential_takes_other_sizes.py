# inside of a program's own `call` Keras calls a Sequential on data: it takes any sizes that its layers take
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


def dense():
    return keras.Sequential([layers.Dense(8), layers.Dropout(0.1), layers.Dense(64)])


class Block(layers.Layer):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def call(self, x):
        return self.net(x)


class Extractor(keras.Model):
    def __init__(self, net, blocks=()):
        super().__init__()
        self.embedding = layers.Embedding(30, 64)
        self.net = net
        self.blocks = [{"net": dense(), "norm": layers.LayerNormalization()} for _ in blocks]

    def call(self, tokens):
        x = self.net(self.embedding(tokens))  # expect: size-mismatch
        for block in self.blocks:
            x = block["norm"](x + block["net"](x))
        return x


extractor = Extractor(dense(), range(2))
extractor(tf.constant([[1, 2, 3, 4, 5]]))
extractor(tf.zeros((4, 50), tf.int32))
extractor(keras.Input((20,), dtype="int32"))
extractor.predict(np.zeros((8, 30), "int32"))

block = Block(dense())
block(keras.Input((5, 64)))
block(keras.Input((50, 64)))
block(np.zeros((2, 7, 64)))

declared = Block(keras.Sequential([keras.Input((5, 64)), layers.Dense(8)]))
declared(keras.Input((50, 64)))

pooled = Extractor(keras.Sequential([layers.Conv1D(8, 3), layers.GlobalAveragePooling1D(), layers.Dense(2)]))
pooled(np.zeros((1, 50), "int32"))
pooled(np.zeros((3, 60), "int32"))


class Images(keras.Model):
    def __init__(self):
        super().__init__()
        self.net = keras.Sequential([layers.Conv2D(8, 3), layers.GlobalMaxPooling2D(), layers.Dense(2)])

    def call(self, x):
        return self.net(layers.Rescaling(1 / 255)(x))


images = Images()
images(np.zeros((1, 50, 50, 3)))
images(np.zeros((8, 64, 64, 3)))


class Waves(layers.Layer):
    def build(self, input_shape):
        self.waves = self.add_weight(shape=(input_shape[-1], 32), initializer="random_normal")

    def call(self, x):
        angles = ops.expand_dims(x, -1) * self.waves
        both = ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=-1)
        return ops.reshape(both, (ops.shape(x)[0], -1))


waves = keras.Sequential([Waves(), layers.Dense(4)])
waves(ops.zeros((1, 8)))
waves(np.zeros((32, 8), "float32"))
waves.predict(np.zeros((100, 8), "float32"))


class Patches(layers.Layer):
    def call(self, x):
        batch, steps, width = ops.shape(x)
        x = ops.reshape(x, (batch, steps // 5, 5 * width))
        return x + ops.tile(ops.ones((1, 1, 5 * width)), (batch, steps // 5, 1))


patches = keras.Sequential([Patches(), layers.Dense(4), layers.GlobalAveragePooling1D()])
patches(np.zeros((2, 10, 3), "float32"))
patches(np.zeros((4, 50, 3), "float32"))


class Folding(keras.Model):
    def __init__(self):
        super().__init__()
        self.net = keras.Sequential([Waves(), layers.Dense(4)])

    def call(self, x):
        return self.net(layers.Dense(8)(x))


folding = Folding()
folding.build((1, 3))
folding(np.zeros((32, 3)))

# what the layers do not take is refused there too: Keras raises in the line above
short = Extractor(keras.Sequential([layers.Conv1D(8, 3), layers.Flatten(), layers.Dense(2)]))
short(np.zeros((1, 50), "int32"))
short(np.zeros((1, 60), "int32"))
