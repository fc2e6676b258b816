# expect: skip-connection-size @ 12
# keras: crash
import keras
from keras import layers

def down(x, n):
    c = layers.Conv2D(n, 3, padding="same", activation="relu")(x)
    return c, layers.MaxPooling2D()(c)

def up(x, skip, n):
    x = layers.Conv2DTranspose(n, 2, strides=2, padding="same")(x)
    x = layers.Concatenate()([x, skip])
    return layers.Conv2D(n, 3, padding="same", activation="relu")(x)

inputs = keras.Input((100, 100, 3))
s1, x = down(inputs, 8)
s2, x = down(x, 16)
s3, x = down(x, 32)
x = layers.Conv2D(64, 3, padding="same")(x)
x = up(x, s3, 32)
x = up(x, s2, 16)
x = up(x, s1, 8)
