# expect: samples-as-steps @ 9
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense

X_train = np.random.rand(25, 6)
model = Sequential([
    LSTM(5, input_shape=X_train.shape),
    Dense(1),
])
model.compile("adam", "mse")
model.fit(X_train, np.zeros(25), verbose=0)
