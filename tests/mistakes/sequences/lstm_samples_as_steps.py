# expect: samples-as-steps @ 11
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense

X_train = np.random.rand(50, 10)
y_train = np.random.rand(50)

model = Sequential()
model.add(LSTM(50, input_shape=(X_train.shape[0], X_train.shape[1])))
model.add(Dense(1))
model.compile(loss='mean_squared_error', optimizer='adam')
model.fit(X_train, y_train, epochs=1, batch_size=8, verbose=0)
