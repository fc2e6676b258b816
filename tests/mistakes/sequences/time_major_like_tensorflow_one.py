# expect: works-along-batch @ 9
# keras: silent
import numpy as np
from keras import Model, layers, ops

inputs = layers.Input((20, 6))
x = layers.Dense(8)(inputs)
x = ops.transpose(x, (1, 0, 2))
x = layers.LSTM(8, return_sequences=True)(x)
x = ops.transpose(x, (1, 0, 2))
model = Model(inputs, layers.Dense(1)(layers.GlobalAveragePooling1D()(x)))
model.compile("adam", "mse")
model.fit(np.random.rand(16, 20, 6), np.random.rand(16, 1), epochs=1, verbose=0)
