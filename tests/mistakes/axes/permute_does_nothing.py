# expect: permute-without-effect @ 7
# keras: silent
import keras
from keras import layers

inputs = keras.Input((6, 128))
x = layers.Permute((1, 2), input_shape=(6, 128))(inputs)
x = layers.LSTM(8)(x)
model = keras.Model(inputs, layers.Dense(1)(x))
