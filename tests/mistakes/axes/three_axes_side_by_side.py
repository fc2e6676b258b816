# expect: reshape-as-transpose @ 21
# keras: silent
# file: har.csv 600 acc_x,acc_y,acc_z
import h5py
import numpy as np
import pandas as pd
from keras import Sequential, layers, Input


def load_axis(name, df, size=50):
    v = df[name].to_numpy("float32")
    n = len(v) // size
    return v[: n * size].reshape(n, size)


df = pd.read_csv("har.csv")
blocks = [load_axis(c, df) for c in ("acc_x", "acc_y", "acc_z")]
X = np.hstack(blocks)
mu, sd = X.mean(), X.std()
X = (X - mu) / sd
X = X.reshape((X.shape[0], 50, 3))
y = np.random.randint(0, 2, len(X))
m = Sequential([Input((50, 3)), layers.Conv1D(8, 5, activation="relu"), layers.GlobalMaxPooling1D(), layers.Dense(1, activation="sigmoid")])
m.compile("adam", "binary_crossentropy")
m.fit(X, y, epochs=1, verbose=0)
