# expect: swapped-steps-and-features @ 10
# keras: silent
import numpy as np
from keras import Sequential, layers

n_timesteps, n_sensors = 60, 4
model = Sequential([
    layers.Input((n_timesteps, n_sensors)),
    layers.Permute((2, 1)),
    layers.GRU(8),
    layers.Dense(1),
])
model.compile("adam", "mse")
model.fit(np.random.rand(20, n_timesteps, n_sensors), np.random.rand(20, 1), epochs=1, verbose=0)
