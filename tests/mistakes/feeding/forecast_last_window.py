# expect: missing-sample-axis @ 34
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense, Input


def split_sequences(sequence, n_steps):
    X, y = list(), list()
    for i in range(len(sequence)):
        end_ix = i + n_steps
        if end_ix > len(sequence) - 1:
            break
        X.append(sequence[i:end_ix, :])
        y.append(sequence[end_ix, :])
    return np.array(X), np.array(y)


n_steps = 3
n_features = 2
dataset = np.column_stack([np.arange(10, 110, 10), np.arange(15, 115, 10)]).astype("float32")
X, y = split_sequences(dataset, n_steps)

model = Sequential()
model.add(Input((n_steps, n_features)))
model.add(LSTM(20, activation='relu', return_sequences=True))
model.add(LSTM(20, activation='relu'))
model.add(Dense(n_features))
model.compile(optimizer='adam', loss='mse')
model.fit(X, y, epochs=1, verbose=0)

# demonstrate prediction
x_input = np.array([[70, 75], [80, 85], [90, 95]])
yhat = model.predict(x_input, verbose=0)
print(yhat)
