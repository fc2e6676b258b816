# expect: channels-of-another-model @ 17
# keras: silent
import keras
from keras import layers


def encoder():
    inputs = keras.Input((48, 48, 3))
    x = layers.BatchNormalization()(inputs)
    x = layers.Conv2D(8, 3, strides=2, activation="relu")(x)
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(x)
    return keras.Model(inputs, layers.GlobalAveragePooling2D()(x), name="encoder")


shared = encoder()
scan = keras.Input((48, 48, 1), name="scan")
features = shared(scan)
output = layers.Dense(1, activation="sigmoid")(features)
model = keras.Model(scan, output)
