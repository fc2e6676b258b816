# expect: kernel-wider-than-input @ 8
# keras: crash
import keras
from keras import layers

inputs = keras.Input((12, 3))
x = layers.Conv1D(8, 3, activation="relu")(inputs)
x = layers.Conv1D(8, 3, dilation_rate=8, activation="relu")(x)
model = keras.Model(inputs, layers.GlobalMaxPooling1D()(x))
