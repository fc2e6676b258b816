# expect: windows-cut-across @ 23
# reported: round 5
# keras: silent
# file: measurements.csv 60 m0,m1,m2,m3,target<2
import numpy as np
import pandas as pd
from tensorflow.keras import layers, models


class Windows:
    """Windows of a table that holds one series a column."""

    def __init__(self, path, steps):
        table = pd.read_csv(path)
        self.X = table[["m0", "m1", "m2", "m3"]].to_numpy().T
        self.y = table["target"].to_numpy()
        self.steps = steps
        self.count = self.X.shape[1] // steps

    def arrays(self):
        used = self.count * self.steps
        shape = (self.count, self.steps, self.X.shape[0])
        X = self.X[:, :used].reshape(shape[::-1]).T.copy()
        y = self.y[:used].reshape(self.count, self.steps)[:, -1]
        return X, y


data = Windows("measurements.csv", steps=6)
X, y = data.arrays()
model = models.Sequential(
    [
        layers.Input((6, 4)),
        layers.LSTM(16, return_sequences=True),
        layers.LSTM(16),
        layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(X, y, epochs=1, batch_size=4)
