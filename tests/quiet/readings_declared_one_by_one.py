import numpy as np
from tensorflow.keras.models import Model
from tensorflow.keras.layers import Input, Dense, Dropout

X = np.load("readings.npy")
y = np.load("faults.npy")
X = (X - X.mean(axis=0)) / X.std(axis=0)


def mlp(data, widths=(64, 32)):
    inp = Input(shape=data.shape[1:])
    h = inp
    for w in widths:
        h = Dense(w, activation="relu")(h)
        h = Dropout(0.2)(h)
    return Model(inp, Dense(1, activation="sigmoid")(h))


model = mlp(X)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=1)
