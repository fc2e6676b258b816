# settings that are filled under names out of a file
import json

import numpy as np
from keras import Input, Model, layers


class Settings:
    def __init__(self, names=[], width=0, shape=(16, 8)):
        self.names = names
        self.width = width
        self.shape = shape
        self.kind = "plain"

    @classmethod
    def load(cls, file):
        self = cls()
        for key, value in json.load(open(file)).items():
            setattr(self, key, value)
        return self

    @classmethod
    def of_dict(cls, file):
        self = cls()
        self.__dict__.update(json.load(open(file)))
        return self

    @classmethod
    def of_vars(cls, file):
        self = cls()
        vars(self).update(json.load(open(file)))
        return self

    @classmethod
    def of_arguments(cls, **further):
        self = cls()
        for key in further:
            setattr(self, key, further[key])
        return self


def net(settings):
    given = Input(settings.shape)
    x = layers.LSTM(settings.width)(given)
    return Model(given, layers.Dense(len(settings.names))(x))


net(Settings.load("settings.json")).predict(np.zeros((4, 32, 3)))
net(Settings.of_dict("settings.json")).predict(np.zeros((4, 32, 3)))
net(Settings.of_vars("settings.json")).predict(np.zeros((4, 32, 3)))
net(Settings.of_arguments(**json.load(open("settings.json")))).predict(np.zeros((4, 32, 3)))
