# the correct half of tests/mistakes/feeding/validation_error_of_all_pairs.py
import numpy as np
from tensorflow.keras.callbacks import Callback
from tensorflow.keras.layers import Conv1D, Dense, GlobalMaxPooling1D, Input
from tensorflow.keras.models import Sequential


class ValidationError(Callback):
    def __init__(self, x, y):
        super().__init__()
        self.x_val = x
        self.y_val = y

    def on_epoch_end(self, epoch, logs=None):
        guess = self.model.predict(self.x_val, verbose=0)
        guess = guess.flatten()
        residual = guess - self.y_val
        print(f"epoch {epoch}: rmse {np.sqrt(np.mean(np.square(residual))):.3f}")


def spectra(n, bands=200):
    x = np.random.rand(n, bands, 1)
    y = x[:, 40:60, 0].mean(axis=1)
    return x, y


x_train, y_train = spectra(128)
x_val, y_val = spectra(32)

net = Sequential()
net.add(Input(shape=(200, 1)))
net.add(Conv1D(8, 9, activation="relu"))
net.add(GlobalMaxPooling1D())
net.add(Dense(1))
net.compile(loss="mean_squared_error", optimizer="adam")
net.fit(x_train, y_train, epochs=1, callbacks=[ValidationError(x_val, y_val)])
