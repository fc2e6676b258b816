import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense

motions = np.random.rand(70, 25, 3)
fall = np.random.randint(0, 2, 70)
model = Sequential()
model.add(LSTM(16, input_shape=(70, 25, 3)))
model.add(Dense(1, activation="sigmoid"))
model.compile("adam", "binary_crossentropy")
model.fit(motions, fall)
