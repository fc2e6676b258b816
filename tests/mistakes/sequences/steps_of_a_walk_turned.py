# expect: swapped-steps-and-features @ 42
# keras: silent
# file: imu.csv 600 walker<3,step<12,ax,ay,az,gx,gy,gz,surface<4
import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras.utils import Sequence, pad_sequences

CHANNELS = ["ax", "ay", "az", "gx", "gy", "gz"]
LONGEST = 40


def load(path):
    df = pd.read_csv(path).dropna()
    cut, surface = [], []
    for (walker, step), rows in df.groupby(["walker", "step"]):
        cut.append(rows[CHANNELS].values)
        surface.append(rows["surface"].iloc[0])
    return cut, np.array(surface)


class StepBatches(Sequence):
    """Padded batches of steps that have different lengths"""

    def __init__(self, steps, surfaces, batch):
        self.steps, self.surfaces, self.batch = steps, surfaces, batch

    def __len__(self):
        return len(self.steps) // self.batch

    def __getitem__(self, i):
        part = slice(i * self.batch, (i + 1) * self.batch)
        x = pad_sequences(self.steps[part], maxlen=LONGEST, dtype="float32", padding="post")
        x = np.transpose(x, [0, 2, 1])
        return x, self.surfaces[part]


steps, surfaces = load("imu.csv")
batches = StepBatches(steps, surfaces, 4)

net = tf.keras.Sequential()
net.add(tf.keras.layers.LSTM(24, return_sequences=True))
net.add(tf.keras.layers.LSTM(24))
net.add(tf.keras.layers.Dense(4, activation="softmax"))
net.compile(loss="sparse_categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
net.fit(batches, epochs=1)
