# expect: samples-as-steps @ 11
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Input

X = np.random.rand(120, 7)
y = np.random.randint(0, 2, 120)
model = Sequential()
model.add(Input(shape=(X.shape[0],)))
model.add(Dense(12, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(X, y, epochs=1, verbose=0)
