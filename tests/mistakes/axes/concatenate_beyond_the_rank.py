# expect: refused-call @ 8
# keras: crash
import keras
from keras import layers

a = keras.Input((8, 8, 3))
b = keras.Input((8, 8, 3))
x = layers.Concatenate(axis=4)([a, b])
