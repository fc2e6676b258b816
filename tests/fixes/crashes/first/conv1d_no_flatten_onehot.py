import numpy as np
from keras.models import Sequential
from keras.layers import Conv1D, MaxPooling1D, Dense, Dropout
from keras.utils import to_categorical


def build(steps, features, classes):
    net = Sequential()
    net.add(Conv1D(32, 5, activation="relu", input_shape=(steps, features)))
    net.add(MaxPooling1D(2))
    net.add(Dropout(0.5))
    net.add(Dense(classes, activation="softmax"))
    net.compile(loss="categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
    return net


windows = np.random.randn(64, 128, 6)
activity = to_categorical(np.random.randint(0, 6, 64))
net = build(windows.shape[1], windows.shape[2], activity.shape[1])
net.fit(windows, activity, epochs=1, verbose=0)
