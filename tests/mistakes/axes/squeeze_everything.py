# expect: squeeze-all-axes @ 8
# keras: silent
import keras
from keras import layers, ops

inputs = keras.Input((16, 16, 3))
x = layers.Conv2D(8, 16)(inputs)
x = ops.squeeze(x)
model = keras.Model(inputs, layers.Dense(2)(x))
