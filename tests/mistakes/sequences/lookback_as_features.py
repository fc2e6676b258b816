# expect: rnn-single-step @ 12
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense

look_back = 12
series = np.sin(np.arange(120))
trainX = np.array([series[i:i + look_back] for i in range(100)])
trainX = np.reshape(trainX, (trainX.shape[0], 1, trainX.shape[1]))
model = Sequential()
model.add(LSTM(4, input_shape=(1, look_back)))
model.add(Dense(1))
model.compile(loss='mean_squared_error', optimizer='adam')
model.fit(trainX, np.zeros(100), epochs=1, verbose=0)
