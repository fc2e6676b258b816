# expect: swapped-steps-and-features @ 12
# keras: silent
# file: epochs.npy (24, 22, 250)
# file: events.npy (24,)<4
import numpy as np
from tensorflow.keras import layers, models

X = np.load("epochs.npy")  # [trials, electrodes, time]
y = np.load("events.npy")

net = models.Sequential()
net.add(layers.Conv1D(16, 7, activation="relu", input_shape=(X.shape[1], X.shape[2])))
net.add(layers.GlobalAveragePooling1D())
net.add(layers.Dense(4, activation="softmax"))
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(X, y, verbose=0)
