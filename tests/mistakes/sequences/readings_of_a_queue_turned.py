# expect: swapped-steps-and-features @ 32
# keras: silent
# file: plants.csv 600 plant<4,irradiation,temp,humidity,cloud,power
from collections import deque
import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras import Sequential
from tensorflow.keras.layers import LSTM, Dense, Dropout

STEPS = 18
COLS = ["irradiation", "temp", "humidity", "cloud", "power"]


def sequences(df):
    X, y = [], []
    for _, rows in df.groupby("plant"):
        buffer = deque(maxlen=STEPS)
        for row in rows[COLS].values:
            if len(buffer) == STEPS:
                X.append(np.array(buffer).T)
                y.append(row[-1])
            buffer.append(row)
    return np.array(X), np.array(y)


frame = pd.read_csv("plants.csv")
scaler = MinMaxScaler()
frame[COLS] = scaler.fit_transform(frame[COLS])
X, y = sequences(frame)
model = Sequential()
model.add(LSTM(40, input_shape=(X.shape[1], X.shape[2])))
model.add(Dropout(0.2))
model.add(Dense(1))
model.compile(loss="mean_absolute_error", optimizer="adam")
history = model.fit(X, y, epochs=1, batch_size=32, validation_split=0.1, shuffle=False)
