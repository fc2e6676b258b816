import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense

temperature = np.random.rand(365)
x = temperature.reshape(-1, 1)
y = np.diff(temperature)
model = Sequential([Dense(8, activation="relu", input_shape=(1,)), Dense(1)])
model.compile("sgd", "mse")
model.fit(x, y, epochs=1, verbose=0)
