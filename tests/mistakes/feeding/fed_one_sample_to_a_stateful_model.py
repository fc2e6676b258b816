# expect: stateful-batch @ 14
# keras: crash
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense, GRU

BATCH = 10
tides = np.random.rand(40, 12, 2)
heights = np.random.rand(40, 1)
model = Sequential([Input(batch_shape=(BATCH, 12, 2)), GRU(6, stateful=True), Dense(1)])
model.compile("adam", "mse")
model.fit(tides, heights, batch_size=BATCH, shuffle=False, verbose=0)
last = tides[-1:]
print(model.predict(last, verbose=0))
