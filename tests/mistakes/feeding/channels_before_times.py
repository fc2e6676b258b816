# expect: fed-axes-swapped @ 22
# keras: crash
# file: trials.npy (40, 14, 256)
import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Conv1D, MaxPooling1D, LSTM, Dense, Input

N_CHANNELS = 14
N_TIMES = 256

epochs_data = np.zeros((40, N_CHANNELS, N_TIMES))
epochs_data[:] = np.load("trials.npy")
labels = np.arange(40) % 2

model = Sequential()
model.add(Input(shape=(N_TIMES, N_CHANNELS)))
model.add(Conv1D(32, 7, activation="relu"))
model.add(MaxPooling1D(4))
model.add(LSTM(16))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(epochs_data, labels, batch_size=8, epochs=1, verbose=0)
