# expect: normalization-axis @ 8
# keras: crash
import keras
from keras import layers

inputs = keras.Input((None, None, 3))
x = layers.Conv2D(8, 3)(inputs)
x = layers.BatchNormalization(axis=1)(x)
