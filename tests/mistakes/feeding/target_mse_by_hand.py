# expect: samples-against-samples @ 12
# keras: silent
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense

rooms, prices = np.random.rand(60, 7), np.random.rand(60)
model = Sequential([Input((7,)), Dense(8, activation="relu"), Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(rooms[:40], prices[:40], epochs=1, verbose=0)
estimated = model.predict(rooms[40:], verbose=0)
error = np.sqrt(((prices[40:] - estimated) ** 2).mean())
