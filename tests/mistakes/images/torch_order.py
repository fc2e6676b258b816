# expect: channels-first-input @ 9
# keras: silent
import keras
from keras import layers

def build(num_classes=10):
    model = keras.Sequential()
    model.add(keras.Input((3, 32, 32)))
    model.add(layers.Conv2D(16, 3, padding="same", activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes))
    return model

net = build()
