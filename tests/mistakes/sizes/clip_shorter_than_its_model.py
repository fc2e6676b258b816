# expect: fed-shape @ 21
# keras: crash
import librosa
import numpy as np
from keras import Sequential, layers

RATE = 16000


def features(seconds):
    wave = librosa.util.fix_length(np.sin(np.arange(1000.0)), size=int(RATE * seconds))
    return librosa.feature.mfcc(y=wave, sr=RATE, n_mfcc=13, hop_length=320).T[np.newaxis, ..., np.newaxis]


model = Sequential([
    layers.Input((51, 13, 1)),
    layers.Conv2D(4, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(2),
])
model.predict(features(2), verbose=0)
