# expect: swapped-steps-and-features @ 26
# keras: silent
import numpy as np
import librosa
from tensorflow.keras import Sequential
from tensorflow.keras.layers import LSTM, Dense, Dropout

SR = 16000
N_MFCC = 13
labels = ["yes", "no", "stop"]


def make_noise(seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=SR).astype("float32")


def extract(y):
    return librosa.feature.mfcc(y=y, sr=SR, n_mfcc=N_MFCC)


X = np.array([extract(make_noise(i)) for i in range(12)])
y = np.array([i % len(labels) for i in range(12)])

model = Sequential()
model.add(LSTM(64, input_shape=(X.shape[1], X.shape[2]), return_sequences=False))
model.add(Dropout(0.3))
model.add(Dense(32, activation="relu"))
model.add(Dense(len(labels), activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=1, batch_size=4, verbose=0)
