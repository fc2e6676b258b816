# one attribute holds the model of either mode, and each method is for one of them: what does not suit the other
# one says nothing
import numpy as np
from keras.layers import Concatenate, Dense, Dropout, Input
from keras.models import Model


def samples(settings):
    while True:
        seen = np.zeros((settings.count, 48), "float32")
        yield [seen, np.zeros((settings.count, 6)), np.zeros((settings.count, 3))], []


class Finder:
    def __init__(self, purpose, settings):
        assert purpose in ("learn", "look")
        self.purpose, self.settings = purpose, settings
        self.network = self.assembled(purpose, settings)

    def assembled(self, purpose, settings):
        seen, notes = Input((48,)), Input((6,))
        x = Concatenate()([seen, notes])
        if purpose == "learn":
            frames = Input((3,))
            x = Dropout(settings.dropped)(Concatenate()([x, frames]))
            network = Model([seen, notes, frames], Dense(5)(x))
        else:
            network = Model([seen, notes], Dense(5)(x))
        return network

    def learn(self, rounds):
        assert self.purpose == "learn", "made for looking"
        self.network.fit_generator(samples(self.settings), epochs=rounds)

    def look(self, pictures):
        assert self.purpose == "look"
        return self.network.predict([np.zeros((9, 48)), np.zeros((9, 6))])
