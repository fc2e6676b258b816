import numpy as np
import keras
from keras import layers

scans = np.random.rand(2, 90, 90, 1)
masks = np.random.randint(0, 2, (2, 90, 90, 1))
inputs = keras.Input((90, 90, 1))
a = layers.Conv2D(4, 3, padding="same")(inputs)
p1 = layers.MaxPooling2D()(a)
b = layers.Conv2D(8, 3, padding="same")(p1)
p2 = layers.MaxPooling2D()(b)
c = layers.Conv2D(16, 3, padding="same")(p2)
u1 = layers.concatenate([layers.UpSampling2D()(c), b])
u2 = layers.concatenate([layers.UpSampling2D()(u1), a])
outputs = layers.Conv2D(1, 1, activation="sigmoid")(u2)
model = keras.Model(inputs, outputs)
model.compile("adam", "binary_crossentropy")
model.fit(scans, masks)
