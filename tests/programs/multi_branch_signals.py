"""Late fusion of several sensors, one branch each."""
from collections import OrderedDict
from itertools import chain

import numpy as np
from tensorflow.keras import Model
from tensorflow.keras import layers as kl

SENSORS = OrderedDict(acc=(100, 3), gyro=(100, 3), hr=(10, 1), meta=(7,))
raw = {name: np.random.rand(20, *shape) for name, shape in SENSORS.items()}


def conv_branch(x, *stages, pool=2):
    for filters, kernel in stages:
        x = kl.Conv1D(filters, kernel, padding="same", activation="relu")(x)
        x = kl.MaxPool1D(pool)(x) if x.shape[1] > 8 else x
    return kl.GlobalMaxPooling1D()(x)


def dense_branch(x, units=(16,)):
    for u in units:
        x = kl.Dense(u, activation="relu")(x)
    return x


inputs, features = [], []
for name, array in raw.items():
    inp = kl.Input(array.shape[1:], name=name)
    inputs.append(inp)
    if array.ndim == 3:
        stages = [(8, 9), (16, 5), (32, 3)] if array.shape[1] >= 50 else [(4, 3)]
        feat = conv_branch(inp, *stages, pool=4)
    else:
        feat = dense_branch(inp, units=range(16, 0, -6))
    features.append(feat)

merged = kl.Concatenate()(features)
heads = {}
for task, n in dict(activity=6, stress=1).items():
    h = kl.Dense(n, activation="softmax" if n > 1 else "sigmoid", name=task)(kl.Dropout(0.3)(merged))
    heads[task] = h
model = Model(inputs, list(heads.values()))

windows = np.lib.stride_tricks.sliding_window_view(raw["acc"], 25, axis=1)[:, ::25]
windows = np.moveaxis(windows, -1, 2).reshape(-1, 25, 3)
shared = kl.Input(windows.shape[1:])
z = kl.Bidirectional(kl.GRU(5))(shared)
encoder = Model(shared, z)
seq = kl.Input((4,) + windows.shape[1:])
e = kl.TimeDistributed(encoder)(seq)
e = kl.LSTM(6, go_backwards=True)(e)
