# which layer gets which weights depends on a count that a loop over names of layers keeps: the first one is no sign
import numpy as np
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from keras.models import Sequential


def listening(width=20):
    model = Sequential([Input((12, width, 1))])
    model.add(Conv2D(32, 3, padding="same"))
    model.add(MaxPooling2D(2))
    model.add(Conv2D(48, 3, padding="same"))
    model.add(Flatten())
    model.add(Dense(128))
    return model


def filled(names, stored, part="sound"):
    try:
        model = listening()
        place, at = -1, 0
        for name in names:
            if part not in name:
                continue
            place += 1
            if "conv" in name:
                kernel = np.transpose(stored[at], (2, 3, 1, 0))
                model.layers[place].set_weights([kernel, np.squeeze(stored[at + 1])])
                at += 2
            elif "dense" in name:
                if "flatten" in model.layers[place].name:
                    place += 1
                out, into, high, wide = stored[at].shape
                rows = np.reshape(np.transpose(stored[at], (2, 3, 1, 0)), (high * wide * into, out))
                model.layers[place].set_weights([rows, np.squeeze(stored[at + 1])])
                at += 2
        return model
    except ValueError:
        return None
