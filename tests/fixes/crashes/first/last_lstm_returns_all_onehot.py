import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense
from keras.utils import to_categorical

moves = np.random.rand(36, 45, 2)
gesture = to_categorical(np.random.randint(0, 4, 36), 4)
model = Sequential()
model.add(LSTM(32, input_shape=(45, 2), return_sequences=True))
model.add(LSTM(16, return_sequences=True))
model.add(Dense(4, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(moves, gesture, epochs=1)
