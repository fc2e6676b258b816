import os
import numpy as np
from keras import Input, Sequential, layers

folder = os.path.dirname(__file__)
windows = np.load(os.path.join(folder, "data_windows.npy"))
model = Sequential([Input(windows.shape[1:]), layers.Conv1D(5, 3), layers.GlobalMaxPooling1D(), layers.Dense(2)])

archive = np.load(os.path.join(folder, "data_archive.npz"))
x_train, y_train = archive["x_train"], archive["y_train"]
x_train = x_train[..., np.newaxis]
second = Sequential([
    Input(shape=x_train.shape[1:]),
    layers.Conv2D(4, (2, 3)),
    layers.Flatten(),
    layers.Dense(y_train.shape[1]),
])
with np.load(os.path.join(folder, "data_archive.npz")) as data:
    x_test = data["x_test"]
third = Sequential([Input(x_test.shape[1:]), layers.Flatten(), layers.Dense(1)])
