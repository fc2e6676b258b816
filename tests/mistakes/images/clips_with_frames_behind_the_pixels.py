# expect: swapped-steps-and-features @ 10
# keras: silent
import numpy as np
from keras import Sequential, layers

rows, cols, n_frames = 16, 20, 6
model = Sequential([
    layers.Input((rows, cols, n_frames, 1)),
    layers.Conv3D(4, (3, 3, 1), strides=(2, 2, 1), activation="relu"),
    layers.ConvLSTM2D(4, 3, padding="same"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(1),
])
model.compile("adam", "mse")
model.fit(np.random.rand(4, rows, cols, n_frames, 1), np.zeros((4, 1)), epochs=1, verbose=0)
