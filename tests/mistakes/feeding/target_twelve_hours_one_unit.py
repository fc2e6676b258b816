# expect: target-broadcast @ 24
# keras: silent
import numpy as np
from tensorflow.keras.layers import LSTM, Dense
from tensorflow.keras.models import Sequential

n_steps, horizon = 48, 12
load = np.sin(np.arange(400) / 10)


def windows(series):
    xs, ys = [], []
    for start in range(len(series) - n_steps - horizon):
        xs.append(series[start:start + n_steps])
        ys.append(series[start + n_steps:start + n_steps + horizon])
    return np.array(xs)[..., np.newaxis], np.array(ys)


X, Y = windows(load)
model = Sequential()
model.add(LSTM(12, input_shape=(n_steps, 1)))
model.add(Dense(1))
model.compile(optimizer="adam", loss="mae")
model.fit(X, Y, epochs=1, verbose=0)
