import numpy as np
import keras
from keras import layers

tongues = np.random.rand(8, 64, 64, 3)
masks = np.random.rand(8, 64, 64, 1)
inputs = keras.Input(shape=(64, 64, 1))
x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
outputs = layers.Conv2D(1, 1, activation="sigmoid")(x)
net = keras.Model(inputs, outputs)
net.compile("adam", "binary_crossentropy")
net.fit(tongues, masks, epochs=1)
