# expect: swapped-steps-and-features @ 22
# keras: silent
# file: walk.csv 500 x,y,z,activity<3
import numpy as np
import pandas as pd
from keras import Sequential, layers

WINDOW, STRIDE = 50, 10
table = pd.read_csv("walk.csv")
segments, labels = [], []
for start in range(0, len(table) - WINDOW, STRIDE):
    xs = table["x"].values[start:start + WINDOW]
    ys = table["y"].values[start:start + WINDOW]
    zs = table["z"].values[start:start + WINDOW]
    segments.append([xs, ys, zs])
    labels.append(table["activity"].values[start])
segments = np.asarray(segments, dtype="float32")
labels = np.asarray(labels)

model = Sequential([
    layers.Input(segments.shape[1:]),
    layers.Conv1D(16, 2, activation="relu"),
    layers.GlobalMaxPooling1D(),
    layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(segments, labels, epochs=1, verbose=0)
