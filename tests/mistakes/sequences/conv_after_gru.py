# expect: missing-return-sequences @ 11
# keras: crash
import keras
from keras import layers


def build(length, width, filters):
    x = inp = keras.Input((length, width))
    x = layers.GRU(32, name="rnn")(x)
    x = layers.Activation("relu")(x)
    x = layers.Conv1D(filters, 3, padding="same")(x)
    return keras.Model(inp, x)


build(50, 4, 8)
