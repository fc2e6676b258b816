import numpy as np
import keras
from keras import layers

scans = np.random.rand(4, 16, 32, 32, 1)
tumour = np.random.randint(0, 2, 4)
inputs = keras.Input((16, 32, 32, 1))
x = layers.Conv3D(4, 3, activation="relu")(inputs)
x = layers.MaxPooling2D(2)(x)
x = layers.Flatten()(x)
outputs = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model(inputs, outputs)
model.compile("adam", "binary_crossentropy")
model.fit(scans, tumour)
