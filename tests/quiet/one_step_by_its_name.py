# each value is forecast from the one before it, and the program says so
import keras
import numpy as np
from keras import layers

look_back = 1
series = np.sin(np.arange(200.0))
pairs = [(series[i : i + look_back], series[i + look_back]) for i in range(len(series) - look_back)]
x, y = np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])
x = np.reshape(x, (x.shape[0], 1, x.shape[1]))
model = keras.Sequential([layers.LSTM(4, input_shape=(1, look_back)), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y)

n_steps, n_features = 1, 1
keras.Sequential([layers.GRU(4, input_shape=(n_steps, n_features)), layers.Dense(1)])
