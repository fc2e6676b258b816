# the window of the convolution is as wide as its input, by an attribute of a base from elsewhere: one is left
from frames import TextNetwork
from tensorflow.keras import backend
from tensorflow.keras.layers import Concatenate, Conv2D, Reshape
from tensorflow.keras.models import Model


class Phrases(TextNetwork):
    def build_network(self):
        super().build_network()
        table = Reshape((self.words, self.depth, 1))(self.table.output)
        found = []
        for height in self.heights:
            maps = Conv2D(self.maps, (height, self.depth), activation="relu")(table)
            sizes = backend.int_shape(maps)
            found.append(Reshape((sizes[1], sizes[3], sizes[2]))(maps))
        self.network = Model(self.table.input, Concatenate(axis=1)(found))
