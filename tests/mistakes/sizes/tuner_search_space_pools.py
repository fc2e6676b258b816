# expect: kernel-wider-than-input @ 13
# keras: crash
import numpy as np
import keras
from keras import layers
import keras_tuner as kt


def build_model(hp):
    model = keras.Sequential()
    model.add(keras.Input(shape=(16, 16, 3)))
    for i in range(5):
        model.add(layers.Conv2D(
            filters=hp.Int(f"filters_{i}", min_value=32, max_value=128, step=32),
            kernel_size=3, activation="relu"))
        model.add(layers.Dropout(hp.Float(f"drop_{i}", 0.0, 0.5)))
        model.add(layers.MaxPooling2D())
    model.add(layers.Flatten())
    model.add(layers.Dense(hp.Choice("units", [64, 128])))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


build_model(kt.HyperParameters())
