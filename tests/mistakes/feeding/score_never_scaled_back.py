# expect: predictions-on-other-scale @ 26
# keras: silent
# file: energy.csv 400 temp,hum,wind,load
import numpy as np
import pandas as pd
import keras
from sklearn.preprocessing import MinMaxScaler
from sklearn.model_selection import train_test_split


class LoadModel:
    def __init__(self):
        self.sx, self.sy = MinMaxScaler(), MinMaxScaler()
        self.net = keras.Sequential([
            keras.Input((3,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1),
        ])
        self.net.compile("adam", "mse")

    def fit(self, X, y):
        self.net.fit(self.sx.fit_transform(X), self.sy.fit_transform(y), epochs=1, verbose=0)

    def score(self, X, y):
        p = self.net.predict(self.sx.transform(X), verbose=0)
        return float(np.sqrt(((p - y) ** 2).mean()))


df = pd.read_csv("energy.csv")
X_tr, X_te, y_tr, y_te = train_test_split(df[["temp", "hum", "wind"]].to_numpy(), df[["load"]].to_numpy(), test_size=0.2)
m = LoadModel()
m.fit(X_tr, y_tr)
print(m.score(X_te, y_te))
