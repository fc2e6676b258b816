# expect: refused-call @ 7
# keras: crash
import keras
from keras import layers

inputs = keras.Input((64, 64, 3))
x = layers.Conv2D(8, 3, strides=(2, 2), dilation_rate=(2, 2), padding="same")(inputs)
