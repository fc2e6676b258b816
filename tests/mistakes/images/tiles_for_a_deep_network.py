# expect: impossible-backbone-input @ 16
# keras: crash
import keras
from keras import layers


def encoder():
    return keras.applications.VGG19(include_top=False, weights=None)


def model(tile):
    inputs = layers.Input((tile, tile, 3))
    x = layers.RandomFlip("horizontal")(inputs)
    x = layers.Rescaling(1 / 255.0)(x)
    base = encoder()
    x = base(x)
    x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(inputs, layers.Dense(1)(x))


net = model(16)
net.compile("adam", "mse")
