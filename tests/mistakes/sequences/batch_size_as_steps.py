# expect: samples-as-steps @ 11
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import GRU, Dense

batch_size = 16
dim = 6
data = np.random.rand(64, dim)
model = Sequential([
    GRU(10, input_shape=(batch_size, dim)),
    Dense(1),
])
model.compile("sgd", "mse")
model.fit(data, np.zeros(64), batch_size=batch_size, verbose=0)
