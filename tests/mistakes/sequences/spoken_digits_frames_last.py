# expect: swapped-steps-and-features @ 37
# reported: round 5
# keras: silent
import os

import librosa
import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Dropout
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

width = 20
height = 80
classes = 10


def mfcc_batch_generator(path, batch_size=4):
    batch_features, labels = [], []
    files = sorted(os.listdir(path))
    while True:
        np.random.shuffle(files)
        for wav in files:
            wave, sr = librosa.load(os.path.join(path, wav), sr=None, mono=True)
            mfcc = librosa.feature.mfcc(y=wave, sr=sr, n_mfcc=width)
            mfcc = mfcc[:, :height]
            mfcc = np.pad(mfcc, ((0, 0), (0, height - mfcc.shape[1])), mode="constant", constant_values=0)
            batch_features.append(mfcc)
            labels.append(int(wav[0]))
            if len(batch_features) >= batch_size:
                yield np.array(batch_features), to_categorical(labels, classes)
                batch_features, labels = [], []


batch = mfcc_batch_generator("features")
X, Y = next(batch)
net = Sequential()
net.add(LSTM(128, input_shape=(width, height)))
net.add(Dropout(0.2))
net.add(Dense(classes, activation="softmax"))
net.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
net.fit(X, Y, epochs=1)
