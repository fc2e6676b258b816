import numpy as np
import keras
from keras import layers

look_back = 10
values = np.random.rand(200)
X = np.array([values[i:i + look_back] for i in range(len(values) - look_back)])[..., np.newaxis]
y = values[look_back + 1:]
model = keras.Sequential([keras.Input((look_back, 1)), layers.LSTM(4), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(X, y, epochs=1, verbose=0)
