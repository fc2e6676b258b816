# the corrected twin of feeding/error_in_two_units
import keras
import numpy as np
from keras import layers
from sklearn.preprocessing import StandardScaler


def get_model(n):
    m = keras.Sequential([keras.Input((n,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
    m.compile("adam", "mse", metrics=["mae"])
    return m


X = np.random.rand(300, 5) * 40
y = X @ np.array([1.0, 2, 3, 4, 5]) + 100
x_train, x_test, y_train, y_test = X[:240], X[240:], y[:240], y[240:]
sx, sy = StandardScaler(), StandardScaler()
x_train = sx.fit_transform(x_train)
x_test = sx.transform(x_test)
y_train = sy.fit_transform(y_train.reshape(-1, 1))

model = get_model(5)
model.fit(x_train, y_train, epochs=2, verbose=0)
y_pred = model.predict(x_test, verbose=0)
y_pred = sy.inverse_transform(y_pred)
mae = np.mean(np.abs(y_pred[:, 0] - y_test))
print("test MAE", mae)
