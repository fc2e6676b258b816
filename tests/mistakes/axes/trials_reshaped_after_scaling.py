# expect: reshape-as-transpose @ 19
# keras: silent
# file: sub01.npz epochs=(50, 14, 128) y=(50)<3
import numpy as np
import keras
from keras.layers import LSTM, Dense, Dropout, Input


def load_subject(path):
    """14 electrodes at 128 Hz, epochs of one second: (trials, channels, samples)."""
    archive = np.load(path)
    return archive["epochs"], archive["y"]


n_channels, n_times = 14, 128
epochs, y = load_subject("sub01.npz")
epochs = (epochs - epochs.mean()) / epochs.std()
epochs = epochs.reshape(-1, n_channels, n_times)
X = np.reshape(epochs, (len(epochs), n_times, n_channels))

model = keras.Sequential()
model.add(Input((n_times, n_channels)))
model.add(LSTM(32, return_sequences=True))
model.add(Dropout(0.2))
model.add(LSTM(16))
model.add(Dense(3, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
history = model.fit(X, y, validation_split=0.2, epochs=1)
