# expect: refused-call @ 8
# keras: crash
import keras
from keras import layers

inputs = keras.Input((32, 32, 3))
x = layers.Conv2D(3, 3, padding="same")(inputs)
x = layers.Add()(x)
