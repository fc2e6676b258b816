# expect: missing-return-sequences @ 15
# keras: crash
# stock price prediction
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense, Dropout

x_train = np.random.rand(30, 60, 1)
y_train = np.random.rand(30)
regressor = Sequential()
regressor.add(LSTM(units=50, return_sequences=True, input_shape=(x_train.shape[1], 1)))
regressor.add(Dropout(0.2))
regressor.add(LSTM(units=50))
regressor.add(Dropout(0.2))
regressor.add(LSTM(units=50))
regressor.add(Dense(units=1))
regressor.compile(optimizer='adam', loss='mean_squared_error')
regressor.fit(x_train, y_train, epochs=1, verbose=0)
