# expect: swapped-steps-and-features @ 30
# keras: silent
# file: gait.npz signals=(4000, 6) activity=(4000)<3
import numpy as np
from einops import rearrange
from keras import Input, Model, layers
from sklearn.preprocessing import RobustScaler

WINDOW, STRIDE = 100, 50


class GaitData:
    def __init__(self, path):
        archive = np.load(path)
        self.signals = RobustScaler().fit_transform(archive["signals"])  # one row for each time step
        self.activity = archive["activity"]

    def windows(self):
        pieces, labels = [], []
        for start in range(0, len(self.signals) - WINDOW + 1, STRIDE):
            pieces.append(self.signals[start:start + WINDOW])
            labels.append(np.bincount(self.activity[start:start + WINDOW]).argmax())
        return np.stack(pieces), np.array(labels)


x, y = GaitData("gait.npz").windows()
x = rearrange(x, "n time axis -> n axis time")

inp = Input(x.shape[1:])
h = layers.SeparableConv1D(32, 5, padding="same", activation="relu")(inp)
h = layers.MaxPool1D(2)(h)
h = layers.SeparableConv1D(64, 5, padding="same", activation="relu")(h)
h = layers.GlobalMaxPool1D()(h)
out = layers.Dense(3, activation="softmax")(h)
model = Model(inp, out, name="gait")
model.compile("nadam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, validation_split=0.2, epochs=1)
