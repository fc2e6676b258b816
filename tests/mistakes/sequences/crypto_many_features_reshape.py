# expect: reshape-as-transpose @ 31
# expect: reshape-as-transpose @ 32
# expect: swapped-steps-and-features @ 35
# keras: silent
# file: btc.csv 200 open,high,low,close,volume,trades
import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense, Dropout

data = pd.read_csv('btc.csv')
scaler = MinMaxScaler()
scaled = scaler.fit_transform(data)
window_size = 30


def to_supervised(arr, window_size):
    xs, ys = [], []
    for k in range(len(arr) - window_size):
        xs.append(arr[k:k + window_size])
        ys.append(arr[k + window_size, 3])
    return np.array(xs), np.array(ys)


X, y = to_supervised(scaled, window_size)
n_features = scaled.shape[1]
split = int(0.8 * len(X))
X_train, X_test = X[:split], X[split:]
y_train, y_test = y[:split], y[split:]
X_train = X_train.reshape((X_train.shape[0], n_features, window_size))
X_test = X_test.reshape((X_test.shape[0], n_features, window_size))

model = Sequential()
model.add(LSTM(50, return_sequences=True, input_shape=(n_features, window_size)))
model.add(Dropout(0.2))
model.add(LSTM(50))
model.add(Dense(1))
model.compile(optimizer='adam', loss='mean_squared_error')
model.fit(X_train, y_train, epochs=1, batch_size=32, validation_data=(X_test, y_test), verbose=0)
