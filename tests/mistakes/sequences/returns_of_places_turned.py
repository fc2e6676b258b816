# expect: swapped-steps-and-features @ 27
# keras: silent
# file: stock.csv 200 open,high,low,close,volume
import numpy as np
import pandas as pd
import keras
from keras import layers

COLUMNS = ["open", "high", "low", "close", "volume"]


class Windows:
    def __init__(self, path, size=50):
        self.matrix = pd.read_csv(path)[COLUMNS].values
        self.size = size

    def arrays(self):
        places = np.arange(self.size)[None, :] + np.arange(len(self.matrix) - self.size)[:, None]
        return self.matrix[places], (self.matrix[self.size :, 3] > 0).astype(int)


x, y = Windows("stock.csv").arrays()
x = np.rollaxis(x, 2, 1)
model = keras.Sequential()
model.add(layers.Input(x.shape[1:]))
for rate in [1, 2, 4]:
    model.add(layers.Conv1D(24, 3, padding="causal", dilation_rate=rate, activation="relu"))
model.add(layers.Flatten())
model.add(layers.Dense(1, activation="sigmoid"))
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=1, batch_size=32)
