# expect: rnn-single-step @ 30
# reported: round 4
# keras: silent
# file: daily.csv 90 v
import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras.layers import LSTM, Dense, SimpleRNN
from tensorflow.keras.models import Sequential

df = pd.read_csv("daily.csv")
prices = df["v"].values.reshape(-1, 1)
scaler = MinMaxScaler()
scaled = scaler.fit_transform(prices[:70])
window_size = 20


def create_windows(data, window_size):
    X, y = [], []
    for i in range(window_size, len(data)):
        X.append(data[i - window_size : i, 0])
        y.append(data[i, 0])
    X, y = np.array(X), np.array(y)
    X = np.reshape(X, (X.shape[0], 1, X.shape[1]))
    return X, y


X_train, y_train = create_windows(scaled, window_size)
model = Sequential()
model.add(SimpleRNN(32, return_sequences=True, input_shape=(1, window_size)))
model.add(LSTM(32))
model.add(Dense(1))
model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(X_train, y_train, epochs=1, batch_size=8)
