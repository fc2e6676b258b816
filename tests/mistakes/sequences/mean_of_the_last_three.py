# expect: rnn-single-step @ 16
# reported: round 3
# keras: silent
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential
from keras.optimizers import Adam

series = np.random.randint(0, 10, size=(1000,))
output = [series[0], (series[0] + series[1]) / 2]
for i in range(2, len(series)):
    output.append((series[i - 2] + series[i - 1] + series[i]) / 3)
output = np.asarray(output)

model = Sequential()
model.add(LSTM(4, input_shape=(1, 1)))
model.add(Dense(1, activation="linear"))
model.compile(loss="mse", optimizer=Adam(learning_rate=0.001))

series = np.reshape(series, (series.shape[0], 1, 1))
model.fit(series, output, epochs=1, batch_size=20, verbose=1)
