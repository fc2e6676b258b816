# expect: reshape-as-transpose @ 7
# keras: silent
import keras
from keras import layers, ops

def head(x):
    x = ops.reshape(x, (-1, 5, 30))
    return layers.GRU(4)(x)

inputs = keras.Input((30, 5))
model = keras.Model(inputs, head(inputs))
