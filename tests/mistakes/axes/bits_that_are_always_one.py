# expect: softmax-over-one @ 24
# reported: round 5
# keras: silent
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential


def windows(sequence, width=3):
    vecX, vecY = [], []
    for i in range(len(sequence) - width):
        vecX.append(sequence[i : i + width])
        vecY.append(sequence[i + width])
    return np.array(vecX), np.array(vecY)


bits = np.random.randint(0, 2, size=300)
vecX, vecY = windows(bits)
vecX = vecX.reshape(len(vecX), 3, 1)
vecY = vecY.reshape(-1, 1)

LSTM_net = Sequential()
LSTM_net.add(LSTM(8, input_shape=(3, 1)))
LSTM_net.add(Dense(1, activation="softmax"))
LSTM_net.compile(optimizer="adagrad", loss="binary_crossentropy", metrics=["accuracy"])
LSTM_net.fit(vecX, vecY, batch_size=256, epochs=1, verbose=2)
