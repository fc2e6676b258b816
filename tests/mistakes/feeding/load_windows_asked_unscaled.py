# expect: scaled-for-training-only @ 29
# keras: silent
# file: energy.csv 400 temp,hum,wind,load
import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from keras import Sequential, layers

SEQ = 20
df = pd.read_csv("energy.csv")
split = int(len(df) * 0.8)
x_scaler, y_scaler = MinMaxScaler(), MinMaxScaler()
feats = x_scaler.fit_transform(df[["temp", "hum", "wind"]].iloc[:split])
load = y_scaler.fit_transform(df[["load"]].iloc[:split])


def seqs(a, b):
    X = np.array([a[i:i + SEQ] for i in range(len(a) - SEQ)])
    return X, b[SEQ:]


X, y = seqs(feats, load)
model = Sequential([layers.Input((SEQ, 3)), layers.LSTM(16), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(X, y, epochs=1, verbose=0)

raw = df[["temp", "hum", "wind"]].iloc[split:].to_numpy()
Xt, _ = seqs(raw, raw)
pred = y_scaler.inverse_transform(model.predict(Xt, verbose=0))
actual = df["load"].to_numpy()[split + SEQ:]
print(np.abs(pred[:, 0] - actual).mean())
