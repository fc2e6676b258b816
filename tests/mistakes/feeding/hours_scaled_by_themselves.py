# missed: scaler-fitted-again @ 42 found with low confidence: both are parts of one table, whose statistics hardly differ
# reported: round 8
# keras: silent
# file: volumes.csv 120 a,b,c,d,e,f
import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow import keras
from tensorflow.keras.layers import GRU, Dense, Input

N_MAX_EPOCHS = 1
BATCH_SIZE = 32


def generate_data(df, sequence_length, n_ahead):
    values = df.values
    X, y = [], []
    for i in range(sequence_length, len(values) - n_ahead):
        X.append(values[i - sequence_length : i])
        y.append(values[i : i + n_ahead, 0])
    X, y = np.array(X), np.array(y)

    train_test_separation = int(len(X) * 0.8)
    X_train_unscaled, X_test_unscaled = X[:train_test_separation], X[train_test_separation:]
    y_train, y_test = y[:train_test_separation], y[train_test_separation:]

    n_features = X.shape[-1]
    X_train = MinMaxScaler().fit_transform(X_train_unscaled.reshape(-1, n_features))
    X_test = MinMaxScaler().fit_transform(X_test_unscaled.reshape(-1, n_features))
    X_train = X_train.reshape(X_train_unscaled.shape)
    X_test = X_test.reshape(X_test_unscaled.shape)
    return X_train, X_test, y_train, y_test


df = pd.read_csv("volumes.csv")
df = df / df.rolling(24, min_periods=1).median()
X_train, X_test, y_train, y_test = generate_data(df, 45, 3)

model = keras.Sequential([Input(shape=X_train.shape[1:]), GRU(32, return_sequences=True), GRU(32), Dense(3)])
model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(X_train, y_train, batch_size=BATCH_SIZE, epochs=N_MAX_EPOCHS, validation_split=0.2, shuffle=True)
preds = model.predict(X_test).flatten()
print(np.mean((preds - y_test.flatten()) ** 2))
