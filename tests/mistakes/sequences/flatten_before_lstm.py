# expect: axes-lost-before-layer @ 11
# keras: crash
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv1D, MaxPooling1D, Flatten, LSTM, Dense

model = Sequential()
model.add(Conv1D(filters=16, kernel_size=3, activation='relu', input_shape=(40, 2)))
model.add(MaxPooling1D(pool_size=2))
model.add(Flatten())
model.add(LSTM(20, activation='relu'))
model.add(Dense(1))
model.compile(optimizer='adam', loss='mse')
model.fit(np.zeros((4, 40, 2)), np.zeros(4), verbose=0)
