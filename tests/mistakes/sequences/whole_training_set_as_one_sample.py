# expect: samples-as-steps @ 11
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense

X_train = np.random.rand(30, 4)
target = np.random.rand(1, 1)

model = Sequential()
model.add(LSTM(8, input_shape=(X_train.shape[0], 4)))
model.add(Dense(1))
model.compile('adam', 'mse')
model.fit(X_train[np.newaxis], target, verbose=0)
