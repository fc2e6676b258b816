# expect: reshape-as-transpose @ 13
# keras: silent
# file: scene.npy (6, 64, 64)
"""Pixels of a multispectral scene, (bands, rows, cols), each classified by its spectrum."""
import numpy as np
from tensorflow.keras import layers, Sequential

scene = np.load("scene.npy")
n_bands, rows, cols = scene.shape
lowest = scene.min(axis=(1, 2), keepdims=True)
scene = (scene - lowest) / (scene.max(axis=(1, 2), keepdims=True) - lowest)

pixels = scene.reshape(rows * cols, n_bands)
truth = np.random.randint(0, 4, rows * cols)

mlp = Sequential([
    layers.Input((n_bands,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(4, activation="softmax"),
])
mlp.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
mlp.fit(pixels, truth, batch_size=256, epochs=1)
classes = mlp.predict(pixels).argmax(-1).reshape(rows, cols)
print(classes.shape)
