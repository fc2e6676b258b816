# how many outputs there are depends on a number that is not known; a validation that may be left out
import keras
import numpy as np
from keras import layers
from keras.utils import pad_sequences


def critic(images, classes=None, codes=None):
    x = layers.Flatten()(images)
    outputs = layers.Dense(1)(x)
    if classes:
        label = layers.Dense(classes, activation="softmax")(x)
        if codes is None:
            outputs = [outputs, label]
        else:
            outputs = [outputs, label, layers.Dense(1)(x), layers.Dense(1)(x)]
    elif codes is not None:
        outputs = [outputs, layers.Dense(codes)(x)]
    return keras.Model(images, outputs)


labels = np.load("labels.npy")
model = critic(keras.Input((28, 28, 1)), classes=len(np.unique(labels)), codes=2)
model.compile(loss=["mse", "categorical_crossentropy", "mae", "mae"], optimizer="adam")


def train(x, y, x_val=None, y_val=None):
    single = keras.Sequential([keras.Input((30,)), layers.Dense(1)])
    single.compile("adam", "mse")
    single.fit(x, y, validation_data=(x_val, y_val) if x_val is not None else None)


train(np.zeros((90, 30)), np.zeros((90, 1)), np.zeros((9, 30)), np.zeros((9, 1)))


def gesture(frame, scale, length):
    matrix = scale(frame)
    padded = pad_sequences([matrix], maxlen=length, padding="post", dtype="float32")
    reader = keras.Sequential([keras.Input((length, 12)), layers.LSTM(8), layers.Dense(5)])
    return reader.predict(padded)
