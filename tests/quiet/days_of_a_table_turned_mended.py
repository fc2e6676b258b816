# the corrected twin of sequences/days_of_a_table_turned
import numpy as np
import pandas as pd
import keras

CHUNK = 30
raw = pd.read_csv("energy.csv")[["temp", "hum", "wind", "load"]]
raw = (raw - raw.mean()) / raw.std()
m = raw.values
usable = (m.shape[0] // CHUNK) * CHUNK
days = m[:usable].reshape(-1, CHUNK, m.shape[1])
autoencoder = keras.Sequential([
    keras.Input(days.shape[1:]),
    keras.layers.LSTM(8, return_sequences=True),
    keras.layers.TimeDistributed(keras.layers.Dense(days.shape[2])),
])
autoencoder.compile("adam", "mse")
autoencoder.fit(days, days, epochs=1, verbose=0)
