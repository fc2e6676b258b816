# expect: pooling-over-one-step @ 8
# keras: silent
import keras
from keras import layers

inp = keras.Input(shape=(1000,))
x = layers.Reshape((1, 1000))(inp)
x = layers.AveragePooling1D(10, padding="same")(x)
x = layers.Flatten()(x)
model = keras.Model(inp, layers.Dense(5)(x))
