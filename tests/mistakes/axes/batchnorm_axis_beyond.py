# expect: refused-call @ 8
# keras: crash
import keras
from keras import layers

x = inputs = keras.Input((40,))
x = layers.Dense(16)(x)
x = layers.BatchNormalization(axis=3)(x)
