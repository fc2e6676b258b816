# expect: works-along-batch @ 8
# keras: silent
import keras
from keras import ops

a = keras.Input((16,))
b = keras.Input((16,))
both = ops.concatenate([a, b])
model = keras.Model([a, b], keras.layers.Dense(2)(both))
