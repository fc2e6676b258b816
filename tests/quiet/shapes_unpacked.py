"""The shapes of arrays that nobody here knows, unpacked into names: what is a table, an image, a list of recordings."""

import h5py
import numpy as np
import scipy.io as sio
from records import load_table, load_tensor
from tensorflow import keras
from tensorflow.keras import layers

recording = sio.loadmat("subject_1.mat")
trials = recording["trials"]
n_trials, n_electrodes, n_samples = trials.shape
flat = trials.reshape(n_trials, n_electrodes * n_samples)
as_maps = trials.reshape(n_trials, n_electrodes, n_samples, 1)
in_order = np.transpose(trials, (0, 2, 1)).reshape(n_trials, n_samples, n_electrodes)

table = load_table("patients.csv")
rows, columns = table.shape
ages = table["age"]
table.columns = [f"column {place}" for place in range(columns)]
features = table.drop(columns=["label"]).to_numpy()
first = table.iloc[0]
for name, column in table.items():
    print(name, column.mean(), rows)

weights = load_tensor("weights.pt")
outputs, inputs = weights.shape
halves = weights.view(2, outputs // 2, inputs)
weights = weights.cuda().half()

with h5py.File("scans.h5", "r") as file:
    scans = file["scans"]
    if scans.ndim == 4:
        count, height, width, channels = scans.shape
    else:
        count, height, width = scans.shape
        scans = np.expand_dims(scans, -1)
        channels = 1
    pixels = scans[()].reshape(count, height * width * channels)

model = keras.Sequential(
    [
        keras.Input((n_samples, n_electrodes)),
        layers.Conv1D(16, 5),
        layers.GlobalAveragePooling1D(),
        layers.Dense(3, activation="softmax"),
    ]
)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(in_order, recording["labels"].ravel())

dense = keras.Sequential([keras.Input((pixels.shape[1],)), layers.Dense(1)])
dense.compile("adam", "mse")
dense.fit(pixels, np.zeros(count))
