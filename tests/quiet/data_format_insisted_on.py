# the program stops unless the channels come first
import keras
from keras import backend, layers

assert backend.image_data_format() == "channels_first", "edit keras.json"

model = keras.Sequential(
    [
        keras.Input((1, 96, 1366)),
        layers.Conv2D(32, 3, padding="same"),
        layers.BatchNormalization(axis=1),
    ]
)
