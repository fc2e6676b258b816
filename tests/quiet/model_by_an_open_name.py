import keras
import numpy as np
from keras import layers
from settings import KIND


def generator(noise):
    z = keras.Input(noise)
    return keras.Model([z], [layers.Reshape((8, 8, 1))(layers.Dense(64)(z))])


def discriminator():
    x = keras.Input((8, 8, 1))
    return keras.Model([x], [layers.Dense(1)(layers.Flatten()(layers.Conv2D(4, 3)(x)))])


def joined(make, judge, noise):
    given = keras.Input(noise)
    return keras.Model(given, judge(make(given)))


def load(name, noise=(100,)):
    if name == "generator_dense":
        return generator(noise)
    if name == "discriminator":
        return discriminator()
    if name == "joined":
        return joined(load("generator_dense"), load("discriminator"), noise)


def load_more(name, noise):
    models = {"generator_dense": generator(noise), "discriminator": discriminator()}
    return models[name]


joined(load("generator_%s" % KIND), load("discriminator"), (100,))
joined(load_more(f"generator_{KIND}", (100,)), load_more("discriminator", (100,)), (100,))
