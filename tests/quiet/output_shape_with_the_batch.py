# Keras 2 computes the output of a Lambda, and does not look at what output_shape says
import outside
from tensorflow import keras
from tensorflow.keras import layers

inputs = keras.Input((64, 64, 3))
larger = layers.Lambda(outside.resized(2), output_shape=[None, 64, 64, None])(inputs)
model = keras.Model(inputs, layers.Conv2D(4, 3)(larger))
