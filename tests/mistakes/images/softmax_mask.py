# expect: softmax-over-one @ 8
# keras: silent
import keras
from keras import layers

inputs = keras.Input((32, 32, 3))
x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
mask = layers.Conv2D(1, 1, activation="softmax")(x)
model = keras.Model(inputs, mask)
