import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense

signals = np.random.rand(40, 30, 2)
classes = np.random.randint(0, 5, (40, 1))
model = Sequential()
model.add(LSTM(20, input_shape=(30, 2)))
model.add(Dense(5, activation="softmax"))
model.compile(optimizer="adam", loss="categorical_crossentropy")
model.fit(signals, classes, epochs=1)
