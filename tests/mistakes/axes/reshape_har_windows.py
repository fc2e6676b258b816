# expect: reshape-as-transpose @ 12
# keras: silent
import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import LSTM, Dense

def load_windows():
    return np.random.rand(16, 9, 128), np.random.randint(0, 6, 16)

trainX, trainy = load_windows()
# LSTM wants [samples, timesteps, features]
trainX = np.reshape(trainX, (trainX.shape[0], trainX.shape[2], trainX.shape[1]))
n_timesteps, n_features = trainX.shape[1], trainX.shape[2]
model = Sequential()
model.add(LSTM(8, input_shape=(n_timesteps, n_features)))
model.add(Dense(6, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(trainX, trainy, epochs=1, verbose=0)
