# expect: axes-lost-before-layer @ 10
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, LSTM

model = Sequential()
model.add(Dense(32, activation='relu', input_shape=(12,)))
model.add(Dense(16, activation='relu'))
model.add(LSTM(8))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy')
model.fit(np.zeros((4, 12)), np.zeros(4), verbose=0)
