# expect: fed-shape @ 19
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Flatten, Input

N_LAGS, N_FEATURES = 1, 4
history = np.random.rand(60, N_FEATURES)
X = history[:-1].reshape(-1, N_LAGS, N_FEATURES)
y = history[1:, 0]

model = Sequential()
model.add(Input(shape=(N_LAGS, N_FEATURES)))
model.add(Flatten())
model.add(Dense(16, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam')
model.fit(X, y, epochs=1, verbose=0)
print(model.predict(history[-5:], verbose=0))
