import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense, Dropout

prices = np.random.rand(80, 60, 1)
nxt = np.random.rand(80)
regressor = Sequential()
regressor.add(LSTM(units=50, input_shape=(60, 1)))
regressor.add(Dropout(0.2))
regressor.add(LSTM(units=50))
regressor.add(Dropout(0.2))
regressor.add(Dense(units=1))
regressor.compile(optimizer="adam", loss="mean_squared_error")
regressor.fit(prices, nxt, epochs=1, batch_size=32)
