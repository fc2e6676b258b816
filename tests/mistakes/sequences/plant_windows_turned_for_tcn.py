# expect: swapped-steps-and-features @ 27
# keras: silent
# file: boiler.csv 300 flow,valve,inlet,outlet,load
import numpy as np
import pandas as pd
from keras import Model, layers
from sklearn.preprocessing import StandardScaler

COLUMNS = ["flow", "valve", "inlet", "outlet"]
HISTORY = 36


def windows(table):
    values = StandardScaler().fit_transform(table[COLUMNS])
    past, target = [], []
    for end in range(HISTORY, len(values)):
        past.append(values[end - HISTORY:end])
        target.append(table["load"].iloc[end])
    return np.stack(past), np.array(target)


X, y = windows(pd.read_csv("boiler.csv"))
X = X.transpose(0, 2, 1)
inputs = layers.Input(X.shape[1:])
x = inputs
for rate in (1, 2, 4):
    x = layers.Conv1D(8, 2, padding="causal", dilation_rate=rate, activation="relu")(x)
model = Model(inputs, layers.Dense(1)(layers.GlobalAveragePooling1D()(x)))
model.compile("adam", "mse")
model.fit(X, y[:, None], epochs=1, verbose=0)
