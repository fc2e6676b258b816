# expect: expand-before-batch @ 7
# keras: silent
import keras
from keras import layers, ops

inputs = keras.Input((28, 28))
x = ops.expand_dims(inputs, 0)
x = layers.Conv2D(4, 3, activation="relu")(x)
