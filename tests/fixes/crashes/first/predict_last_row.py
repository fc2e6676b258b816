import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense

data = np.random.rand(100, 60, 4)
target = np.random.rand(100)
rnn = Sequential()
rnn.add(LSTM(10, input_shape=(60, 4)))
rnn.add(Dense(1))
rnn.compile("adam", "mse")
rnn.fit(data, target, epochs=1, verbose=0)
tomorrow = rnn.predict(data[-1])
print(tomorrow)
