# one shape in two orders: what chooses between them is the data format, which the layers behind it follow
import keras
from keras import layers

from options import channels_in_front

if channels_in_front:
    shape, spectrum = (1, 40, 120), 2
else:
    shape, spectrum = (40, 120, 1), 1
inputs = keras.Input(shape)
x = layers.BatchNormalization(axis=spectrum)(inputs)
x = layers.Conv2D(8, 3, padding="same")(x)

size = (3, 64, 64) if channels_in_front else (64, 64, 3)
images = keras.Input(size)
y = layers.Conv2D(8, 3, padding="same")(images)
