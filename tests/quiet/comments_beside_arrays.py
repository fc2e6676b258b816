# comments that say the axes of something else, another order behind a transpose, or nothing of axes
import numpy as np
from tensorflow.keras import layers, models


def net(X):
    return models.Sequential(
        [
            layers.Conv1D(16, 7, activation="relu", input_shape=(X.shape[1], X.shape[2])),
            layers.GlobalAveragePooling1D(),
            layers.Dense(4, activation="softmax"),
        ]
    )


turned = np.load("a.npy")  # (trials, time, electrodes)
net(turned)
url = "page#(trials, channels, time)"
raw = np.load("a.npy")  # (trials, channels, time)
X = np.transpose(raw, (0, 2, 1))
net(X)
from_matlab = np.load("b.npy")  # see (channels, time) in the paper, and (trials, channels, time) there
net(from_matlab)
averaged = np.load("c.npy")  # (mean, of, all)
net(averaged)
