# expect: unequal-sample-counts @ 23
# keras: crash
import numpy as np
from numpy import array
from keras.models import Sequential
from keras.layers import Conv1D, Flatten, Dense, Input

look_back = 12
series = np.sin(np.arange(0, 40, 0.1))


def make_dataset(data):
    return array([data[k:k + look_back] for k in range(len(data) - look_back)])


trainX = make_dataset(series)
trainX = trainX.reshape((trainX.shape[0], look_back, 1))
trainY = series[1:]

model = Sequential([Input((look_back, 1)), Conv1D(8, 3, activation='relu'), Flatten(), Dense(1)])
model.compile(optimizer='adam', loss='mae')
model.fit(
    trainX,
    trainY,
    epochs=1, verbose=0,
)
