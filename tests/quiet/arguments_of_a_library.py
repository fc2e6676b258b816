# slim, gin and sacred give functions arguments that no call shows
import gin
import keras
from tensorflow.contrib.framework import add_arg_scope, arg_scope


@add_arg_scope
def reader(*args, **kwargs):
    return keras.layers.GRU(*args, **kwargs)


@gin.configurable
def head(x, units=0, keep=False):
    states = keras.layers.LSTM(8, return_sequences=keep)(x)
    return keras.layers.Dense(units)(keras.layers.LSTM(8)(states))


words = keras.Input((20, 8))
with arg_scope([reader], return_sequences=True):
    deep = keras.Sequential([keras.Input((20, 8)), reader(16), reader(16), reader(16)])
head(words)
