# Keras passes over what a later layer declares: the model is built on the data
import numpy as np
from keras import Sequential
from keras.layers import LSTM, BatchNormalization, Conv1D, Dense, Dropout, Flatten

model = Sequential()
model.add(BatchNormalization())
model.add(Dropout(0.2))
model.add(Conv1D(8, 3, input_shape=(100, 3)))
model.add(Flatten())
model.add(Dense(2))
model.compile("adam", "mse")
model.fit(np.zeros((5, 50, 4)), np.zeros((5, 2)))

steps = Sequential([Dropout(0.1), LSTM(8, input_shape=(12, 10)), Dense(1)])
steps.compile("adam", "mse")
steps.fit(np.zeros((5, 7, 11)), np.zeros((5, 1)))

first = Sequential([LSTM(8, input_shape=(12, 10)), Dense(1)])
first.compile("adam", "mse")
first.fit(np.zeros((5, 12, 11)), np.zeros((5, 1)))  # expect: fed-shape
