# numpy comes out of a module that is not there: reshape is its function, and no method of an array
from keras.layers import LSTM, Dense, Input
from keras.models import Model
from preparation import *  # noqa: F403

X, y = windows(prices(), 30)  # noqa: F405
X = np.reshape(X, (X.shape[0], X.shape[1], 5))  # noqa: F405
rows = np.reshape(y, -1)  # noqa: F405

series = Input((30, 5))
model = Model(series, Dense(1)(LSTM(10)(series)))
model.compile("adam", "mse")
model.fit(X, y)
model.predict(lib.reshape(X, (X.shape[0], 30, 5)))  # noqa: F405
