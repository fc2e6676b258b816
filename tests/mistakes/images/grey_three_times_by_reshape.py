# expect: reshape-as-transpose @ 13
# reported: round 4
# keras: silent
# file: slices.npy (8, 32, 48)
# file: masks.npy (8, 32, 48, 1)
import numpy as np
from tensorflow.keras import layers, models

images = np.load("slices.npy")
masks = (np.load("masks.npy") > 0.5).astype("float32")

images = np.array([images, images, images])
images = images.reshape((images.shape[1], images.shape[2], images.shape[3], images.shape[0]))

inputs = layers.Input((None, None, 3))
x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
x = layers.UpSampling2D()(x)
outputs = layers.Conv2D(1, 1, activation="sigmoid")(x)
model = models.Model(inputs, outputs)
model.compile("Adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x=images, y=masks, batch_size=4, epochs=1)
