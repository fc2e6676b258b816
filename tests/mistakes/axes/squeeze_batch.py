# expect: squeeze-all-axes @ 7
# keras: crash
import keras
from keras import ops

inputs = keras.Input((1, 16))
x = ops.squeeze(inputs, axis=0)
