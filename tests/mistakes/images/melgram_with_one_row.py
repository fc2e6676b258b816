# expect: channels-first-input @ 23
# reported: round 3
# keras: crash
import librosa
import numpy as np
from keras.layers import Activation, BatchNormalization, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from keras.models import Sequential

nb_classes = 3


def build_datasets(names):
    X = []
    for name in names:
        aud, sr = librosa.load(name, mono=True, sr=22050)
        melgram = librosa.feature.melspectrogram(y=aud, sr=sr, n_mels=96)[np.newaxis, np.newaxis, :, :]
        X.append(melgram)
    return np.concatenate(X), np.eye(nb_classes)[[0, 1, 2]]


def build_model(X):
    model = Sequential()
    model.add(Conv2D(32, (3, 3), padding="valid", input_shape=X.shape[1:]))
    model.add(BatchNormalization(axis=1))
    model.add(Activation("relu"))
    for _ in range(2):
        model.add(Conv2D(32, (3, 3)))
        model.add(Activation("relu"))
        model.add(MaxPooling2D(pool_size=(2, 2)))
        model.add(Dropout(0.5))
    model.add(Flatten())
    model.add(Dense(128, activation="relu"))
    model.add(Dense(nb_classes, activation="softmax"))
    return model


X_train, Y_train = build_datasets(["a.wav", "b.wav", "c.wav"])
model = build_model(X_train)
model.compile(loss="categorical_crossentropy", optimizer="adadelta", metrics=["accuracy"])
model.fit(X_train, Y_train, batch_size=3, epochs=1)
