# expect: misplaced-channels @ 12
# keras: silent
# file: scene.npy (12, 9, 24, 32)
import numpy as np
from keras import Sequential, layers

n_bands, height, width = 9, 24, 32
scenes = np.load("scene.npy")
labels = np.arange(12) % 3
model = Sequential([
    layers.Input((n_bands, height, width)),
    layers.Conv2D(8, 3, padding="same", activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(scenes, labels, epochs=1, verbose=0)
