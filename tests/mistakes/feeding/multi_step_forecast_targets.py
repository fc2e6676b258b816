# expect: units-unlike-target @ 26
# keras: crash
import numpy as np
from keras import Sequential
from keras.layers import Input, LSTM, Dense

class Forecaster:
    def __init__(self, n_in=24, n_out=6, n_feat=3):
        self.n_in, self.n_out, self.n_feat = n_in, n_out, n_feat

    def windows(self, series):
        X = np.zeros((50, self.n_in, self.n_feat))
        y = np.zeros((50, self.n_out))
        for i in range(50):
            X[i] = series[i:i + self.n_in]
            y[i] = series[i + self.n_in:i + self.n_in + self.n_out, 0]
        return X, y

    def build(self):
        return Sequential([Input((self.n_in, self.n_feat)), LSTM(32), Dense(self.n_feat)])

f = Forecaster()
X, y = f.windows(np.random.rand(100, 3))
model = f.build()
model.compile("adam", "mae")
model.fit(X, y, epochs=1, verbose=0)
