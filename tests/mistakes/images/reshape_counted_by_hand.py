# expect: size-mismatch @ 8
# keras: crash
from keras import Sequential, layers

generator = Sequential([
    layers.Input((100,)),
    layers.Dense(7 * 7 * 128),
    layers.Reshape((7, 7, 256)),
    layers.Conv2DTranspose(64, 4, strides=2, padding="same"),
])
