# expect: channels-first-input @ 21
# reported: round 7
# keras: silent
import numpy as np
from keras.layers import Activation, Concatenate, Conv2D, Dense, Flatten, Input, Reshape
from keras.models import Model


class NN:
    def __init__(self, batch_size, input_dimensions, n_actions):
        self._batch_size = batch_size
        self._input_dimensions = input_dimensions
        self._n_actions = n_actions

    def _buildDQN(self):
        layers, outs = [], []
        for dim in self._input_dimensions:
            if len(dim) == 3:
                inp = Input(shape=(dim[0], dim[1], dim[2]))
                layers.append(inp)
                x = Conv2D(16, (2, 2), activation="relu", padding="same")(inp)
                x = Conv2D(16, (2, 2), activation="relu", padding="same")(x)
                outs.append(Flatten()(x))
            else:
                inp = Input(shape=dim)
                layers.append(inp)
                outs.append(Flatten()(inp))
        x = Concatenate()(outs) if len(outs) > 1 else outs[0]
        x = Dense(50, activation="relu")(x)
        x = Dense(self._n_actions)(x)
        return Model(inputs=layers, outputs=x)


history, height, width = 4, 84, 84
frames = np.random.randint(0, 255, (32, history, height, width)) / 255.0
net = NN(32, [(history, height, width)], n_actions=3)._buildDQN()
net.compile("rmsprop", "mse")
net.train_on_batch(frames, np.zeros((32, 3)))
