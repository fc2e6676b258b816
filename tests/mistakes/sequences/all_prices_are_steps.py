# expect: samples-as-steps @ 27
# keras: silent
# file: btc.csv 220 open,high,low,close
import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from keras.models import Sequential
from keras.layers import LSTM, Dense, Input

LAG = 14
prices = pd.read_csv("btc.csv")[["close"]].values
scaled = MinMaxScaler(feature_range=(0, 1)).fit_transform(prices)


def supervised(values, lag):
    x, y = [], []
    for i in range(lag, len(values)):
        x.append(values[i - lag:i, 0])
        y.append(values[i, 0])
    x, y = np.array(x), np.array(y)
    return x.reshape((x.shape[0], x.shape[1], 1)), y


X, y = supervised(scaled, LAG)
model = Sequential([
    Input((X.shape[0], 1)),
    LSTM(20, return_sequences=True),
    LSTM(20),
    Dense(1),
])
model.compile(loss="mse", optimizer="adam")
model.fit(X, y, epochs=1, batch_size=32)
print(model.predict(X[:3]))
model.layers[0].reset_state() if hasattr(model.layers[0], "reset_state") else None
print(model.predict(np.zeros((1, LAG, 1))).shape)
