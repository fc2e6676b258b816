# expect: swapped-steps-and-features @ 21
# keras: silent
import os
import librosa
import numpy as np
from keras import layers, models

EMOTIONS = ['angry', 'happy', 'sad']


def get_features(signal, sr=22050):
    mel = librosa.feature.melspectrogram(y=signal, sr=sr, n_mels=64)
    return librosa.power_to_db(mel)


signals = [np.random.randn(22050).astype('float32') for _ in range(6)]
X = np.stack([get_features(s) for s in signals])
y = np.array([0, 1, 2, 0, 1, 2])

inputs = layers.Input(shape=X.shape[1:])
h = layers.Bidirectional(layers.GRU(32))(inputs)
h = layers.Dense(32, activation='relu')(h)
outputs = layers.Dense(len(EMOTIONS), activation='softmax')(h)
net = models.Model(inputs, outputs)
net.compile('adam', 'sparse_categorical_crossentropy')
net.fit(X, y, epochs=1, verbose=0)
