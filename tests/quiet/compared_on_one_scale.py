# predictions and targets are on one scale, whichever it is
import numpy as np
import pandas as pd
from keras import Sequential, layers
from sklearn.metrics import mean_absolute_error, mean_squared_error
from sklearn.preprocessing import MinMaxScaler

rows = pd.read_csv("load.csv")
n = int(len(rows) * 0.8)
scaler, target_scaler = MinMaxScaler(), MinMaxScaler()
x = scaler.fit_transform(rows[["heat", "wind"]])
y = target_scaler.fit_transform(rows[["load"]])
raw = rows["load"].to_numpy()

model = Sequential([layers.Input((2,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x[:n], y[:n])
scaled = model.predict(x[n:])
back = target_scaler.inverse_transform(scaled)
print(mean_squared_error(y[n:], scaled))
print(mean_absolute_error(raw[n:], back[:, 0]))
print(np.abs(target_scaler.inverse_transform(y[n:]) - back).mean())
print(np.abs(rows[["load"]].to_numpy()[n:] - back).mean())

unscaled = Sequential([layers.Input((2,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
unscaled.compile("adam", "mse")
unscaled.fit(x[:n], raw[:n, None])
print(np.abs(unscaled.predict(x[n:])[:, 0] - raw[n:]).mean())

by_hand = model.predict(x[n:]) * (raw[:n].max() - raw[:n].min()) + raw[:n].min()
print(np.abs(by_hand[:, 0] - raw[n:]).mean())
