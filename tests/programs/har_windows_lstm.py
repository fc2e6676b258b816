# activity recognition from accelerometer, sliding windows
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense, Dropout, Bidirectional
from keras.utils import to_categorical

WINDOW = 50
STEP = 10
LABELS = ['walk', 'run', 'sit', 'stand', 'up', 'down']

def load():
    rng = np.random.RandomState(0)
    data = rng.randn(1000, 3)
    labels = rng.randint(0, len(LABELS), size=1000)
    return data, labels

def make_windows(data, labels, window=WINDOW, step=STEP):
    xs, ys = [], []
    for i in range(0, len(data) - window, step):
        xs.append(data[i:i + window])
        ys.append(labels[i + window - 1])
    return np.array(xs), np.array(ys)

data, labels = load()
X, y = make_windows(data, labels)
y = to_categorical(y, num_classes=len(LABELS))

split = int(0.8 * len(X))
X_train, X_test = X[:split], X[split:]
y_train, y_test = y[:split], y[split:]

n_timesteps, n_features, n_outputs = X_train.shape[1], X_train.shape[2], y_train.shape[1]

model = Sequential()
model.add(Bidirectional(LSTM(64, return_sequences=True), input_shape=(n_timesteps, n_features)))
model.add(Dropout(0.5))
model.add(Bidirectional(LSTM(32)))
model.add(Dense(100, activation='relu'))
model.add(Dense(n_outputs, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X_train, y_train, epochs=15, batch_size=64, verbose=0)
_, accuracy = model.evaluate(X_test, y_test, batch_size=64, verbose=0)
