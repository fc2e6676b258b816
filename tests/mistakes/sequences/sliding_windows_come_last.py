# expect: swapped-steps-and-features @ 15
# keras: silent
import numpy as np
from keras import Sequential, layers
from numpy.lib.stride_tricks import sliding_window_view

LENGTH = 24
sensors = np.random.rand(400, 5).astype("float32")
X = sliding_window_view(sensors, LENGTH, axis=0)[:-1]
y = sensors[LENGTH:, 0]

model = Sequential()
model.add(layers.Input(X.shape[1:]))
model.add(
    layers.LSTM(16)
)
model.add(layers.Dense(1))
model.compile("adam", "mse")
model.fit(X, y[:, None], epochs=1, verbose=0)
