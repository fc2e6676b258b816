# expect: reshape-as-transpose @ 9
# keras: silent
import numpy as np
import keras
from keras.layers import GRU, Dense, Input

N_MELS, FRAMES = 40, 94
specs = np.stack([np.random.rand(N_MELS, FRAMES) for _ in range(8)])
specs = specs.reshape(-1, FRAMES, N_MELS)
model = keras.Sequential([Input((FRAMES, N_MELS)), GRU(4), Dense(2)])
print(model.predict(specs, verbose=0).shape)
