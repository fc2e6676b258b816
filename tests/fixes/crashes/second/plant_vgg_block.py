import numpy as np
import tensorflow as tf
from tensorflow import keras

IMG_SIZE = 64
CLASSES = ["rust", "scab", "healthy", "multiple"]


def conv_block(model, filters):
    model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
    model.add(keras.layers.MaxPool2D())


def make_model():
    model = keras.models.Sequential()
    model.add(keras.layers.InputLayer((IMG_SIZE, IMG_SIZE, 3)))
    model.add(keras.layers.Rescaling(1 / 255))
    for filters in (8, 16, 32):
        conv_block(model, filters)
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(len(CLASSES), activation="softmax"))
    return model


leaves = np.random.randint(0, 255, (12, IMG_SIZE, IMG_SIZE, 3)).astype("float32")
labels = np.random.randint(0, len(CLASSES), 12)
model = make_model()
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(leaves, labels, epochs=1, verbose=0)
