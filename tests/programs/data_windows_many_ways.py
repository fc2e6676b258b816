# one multivariate series, cut into windows in every way that people cut them
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from keras import layers, models, Input

rng = np.random.default_rng(1)
series = rng.normal(size=(300, 4)).astype("float32")
window, horizon, stride = 24, 6, 3


def split_sequence(data, n_in, n_out):
    X, y = list(), list()
    for i in range(len(data)):
        end = i + n_in
        out_end = end + n_out
        if out_end > len(data):
            break
        X.append(data[i:end, :-1])
        y.append(data[end:out_end, -1])
    return np.array(X), np.array(y)


def with_comprehension(data, size):
    return np.stack([data[i : i + size] for i in range(0, len(data) - size, stride)])


def with_vstack(data, size):
    parts = []
    for start in range(0, data.shape[0] - size + 1, size):
        parts.append(data[start : start + size][np.newaxis, ...])
    return np.vstack(parts)


def with_while(data, size):
    found = []
    start = 0
    while start + size <= len(data):
        found.append(data[start : start + size, 0])
        start += stride
    return np.asarray(found)


X, y = split_sequence(series, window, horizon)
model = models.Sequential()
model.add(Input(shape=(X.shape[1], X.shape[2])))
model.add(layers.Conv1D(16, 5, activation="relu"))
model.add(layers.MaxPooling1D(2))
model.add(layers.LSTM(32))
model.add(layers.Dense(y.shape[1]))
model.compile(loss="mse")
model.fit(X, y, epochs=1)

Z = with_comprehension(series, window)
second = models.Sequential([Input(Z.shape[1:]), layers.GRU(8, return_sequences=True), layers.TimeDistributed(layers.Dense(3))])

V = with_vstack(series, 50)
third = models.Sequential([Input(V.shape[1:]), layers.Conv1D(8, 3, padding="same"), layers.GlobalAveragePooling1D()])

W = with_while(series, 12)
W = W.reshape(W.shape[0], W.shape[1], 1)
fourth = models.Sequential([Input(W.shape[1:]), layers.LSTM(4), layers.Dense(1)])

S = sliding_window_view(series, window_shape=20, axis=0)
S = np.moveaxis(S, -1, 1)
fifth = models.Sequential([Input(S.shape[1:]), layers.Conv1D(6, 4, strides=2), layers.Flatten()])

chunks = [w for w in with_comprehension(series, 30)]
joined = np.concatenate([c[None] for c in chunks], axis=0)
sixth = models.Sequential([Input(joined.shape[1:]), layers.SimpleRNN(5)])
