# statistics by frequency are meant: the author has chosen the axis for each data format
import keras
from keras import layers

if keras.config.image_data_format() == "channels_first":
    shape, frequency = (1, 96, 1366), 2
else:
    shape, frequency = (96, 1366, 1), 1

spectrum = keras.Input(shape)
x = layers.BatchNormalization(axis=frequency)(spectrum)
x = layers.Conv2D(64, 3, padding="same")(x)
