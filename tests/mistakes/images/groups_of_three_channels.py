# expect: size-mismatch @ 7
# keras: crash
import keras
from keras import layers

inputs = keras.Input((32, 32, 3))
x = layers.Conv2D(16, 3, groups=2)(inputs)
