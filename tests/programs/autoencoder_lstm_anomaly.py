# Anomaly detection on ECG-like series with an LSTM autoencoder
import numpy as np
from tensorflow.keras.models import Sequential, Model
from tensorflow.keras.layers import LSTM, RepeatVector, TimeDistributed, Dense, Input, Dropout, Conv1D, Conv1DTranspose


class MinMaxScaler:
    def fit(self, x):
        self.lo, self.hi = x.min(axis=0), x.max(axis=0)
        return self

    def transform(self, x):
        return (x - self.lo) / (self.hi - self.lo)

    def fit_transform(self, x):
        return self.fit(x).transform(x)


TIME_STEPS = 30
series = np.sin(np.linspace(0, 100, 500)).reshape(-1, 1)
series = np.hstack([series, np.cos(series)])
scaler = MinMaxScaler()
series = scaler.fit_transform(series)


def create_dataset(X, time_steps=1):
    Xs = []
    for i in range(len(X) - time_steps + 1):
        Xs.append(X[i:(i + time_steps)])
    return np.stack(Xs)


X_train = create_dataset(series[:400], TIME_STEPS)
print(X_train.shape)

model = Sequential([
    LSTM(64, input_shape=(X_train.shape[1], X_train.shape[2])),
    Dropout(rate=0.2),
    RepeatVector(n=X_train.shape[1]),
    LSTM(64, return_sequences=True),
    Dropout(rate=0.2),
    TimeDistributed(Dense(X_train.shape[2])),
])
model.compile(optimizer='adam', loss='mae')
history = model.fit(X_train, X_train, epochs=3, batch_size=32, validation_split=0.1, shuffle=False)
X_pred = model.predict(X_train, verbose=0)
loss = np.mean(np.abs(X_pred - X_train), axis=1)

timesteps, n_features = X_train.shape[1:]
inp = Input(shape=(timesteps, n_features))
e = Conv1D(16, 7, padding='same', strides=2, activation='relu')(inp)
e = Conv1D(8, 7, padding='same', strides=2, activation='relu')(e)
d = Conv1DTranspose(8, 7, padding='same', strides=2, activation='relu')(e)
d = Conv1DTranspose(16, 7, padding='same', strides=2, activation='relu')(d)
d = Conv1DTranspose(n_features, 3, padding='same')(d)
conv_ae = Model(inp, d)
