# expect: reshape-as-transpose @ 13
# expect: swapped-steps-and-features @ 18
# keras: silent
# energy consumption, windows of a day
import numpy as np
from keras.models import Sequential
from keras.layers import Input, LSTM, Dense

lookback = 24
n_sensors = 3
raw = np.random.rand(24 * 40, n_sensors)
X = np.array([raw[i:i + lookback] for i in range(0, 900, 24)])
X = X.reshape(X.shape[0], n_sensors, lookback)
y = np.random.rand(X.shape[0])

model = Sequential()
model.add(Input(shape=(X.shape[1], X.shape[2])))
model.add(LSTM(12))
model.add(Dense(1))
model.compile(loss='mae', optimizer='adam')
model.fit(X, y, epochs=1, verbose=0)
