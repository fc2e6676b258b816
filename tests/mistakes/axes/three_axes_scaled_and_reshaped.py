# expect: reshape-as-transpose @ 24
# reported: round 7
# keras: silent
# file: imu.csv 400 acc_x,acc_y,acc_z,activity<4
import numpy as np
import pandas as pd
from keras.layers import LSTM, Dense, Input
from keras.models import Sequential

WINDOW = 50


def scale_between_minus_one_and_one(signal):
    low, high = signal.min(), signal.max()
    return 2 * (signal - low) / (high - low) - 1


frame = pd.read_csv("imu.csv")
signals = [frame["acc_x"].values, frame["acc_y"].values, frame["acc_z"].values]
result = []
for signal in signals:
    result.append(scale_between_minus_one_and_one(signal))
result = np.array(result)
result = result.reshape(result.shape[1], result.shape[0])

labels = frame["activity"].values
X, y = [], []
for start in range(0, len(result) - WINDOW + 1, WINDOW):
    X.append(result[start:start + WINDOW])
    y.append(labels[start])
X, y = np.array(X), np.array(y)

model = Sequential([Input((WINDOW, 3)), LSTM(32), Dense(4, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X, y, epochs=1, batch_size=4, verbose=0)
