# expect: swapped-steps-and-features @ 21
# keras: silent
import librosa
import numpy as np
from keras import Sequential, layers

SECONDS, RATE, BANDS = 2, 22050, 64


def spectrogram(number):
    tone = librosa.util.fix_length(np.sin(np.arange(30000) * number), size=SECONDS * RATE)
    return librosa.feature.melspectrogram(y=tone, sr=RATE, n_mels=BANDS)[..., np.newaxis]


X = np.array([spectrogram(number) for number in range(4)])
model = Sequential([
    layers.Input((64, 87, 1)),
    layers.Conv2D(8, 3, padding="same", activation="relu"),
    layers.MaxPooling2D((2, 1)),
    layers.TimeDistributed(layers.Flatten()),
    layers.LSTM(8),
    layers.Dense(2, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(X, np.arange(4) % 2, epochs=1, verbose=0)
