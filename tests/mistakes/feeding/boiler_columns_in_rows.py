# expect: samples-as-steps @ 22
# keras: crash
# file: boiler.csv 240 flow,temp_in,temp_out,valve,power
import numpy as np
import pandas as pd
from tensorflow import keras

df = pd.read_csv("boiler.csv")


def inputs_of(table):
    flow = table["flow"].values
    delta = (table["temp_out"] - table["temp_in"]).values
    valve = table["valve"].values
    return np.array([flow, delta, valve])


X = inputs_of(df)
y = df["power"].to_numpy()

net = keras.models.Sequential([
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(12, activation="relu"),
    keras.layers.Dense(1),
])
net.compile(loss="mse", optimizer="adam")
net.fit(X, y, epochs=1, batch_size=24)
