# expect: axes-lost-before-layer @ 9
# keras: crash
import keras
from keras import layers

img = keras.Input((32, 32, 3))
x = layers.Conv2D(8, 3, activation="relu")(img)
x = layers.GlobalMaxPooling2D()(x)
x = layers.Conv2D(16, 3, activation="relu")(x)
model = keras.Model(img, layers.Dense(10)(x))
