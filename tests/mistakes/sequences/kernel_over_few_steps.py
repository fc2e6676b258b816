# expect: kernel-wider-than-input @ 8
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import Conv1D, GlobalAveragePooling1D, Dense

model = Sequential([
    Conv1D(16, 11, padding='same', activation='relu', input_shape=(4, 500)),
    GlobalAveragePooling1D(),
    Dense(2),
])
model.compile(loss='mse')
model.fit(np.zeros((3, 4, 500)), np.zeros((3, 2)), verbose=0)
