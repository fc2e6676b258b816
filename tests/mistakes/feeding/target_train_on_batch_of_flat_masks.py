# expect: loss-refuses-target @ 22
# keras: crash
import numpy as np
import keras
from keras import layers

inputs = keras.Input((64, 64, 1))
x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
outputs = layers.Conv2D(1, 1, activation="sigmoid")(x)      # half the size
segmenter = keras.Model(inputs, outputs)
segmenter.compile("sgd", "binary_crossentropy")


def batches(n, size=4):
    for _ in range(n):
        yield np.random.rand(size, 64, 64, 1), np.random.randint(0, 2, (size, 64, 64, 1))


for xs, ys in batches(3):
    loss = segmenter.train_on_batch(xs, ys)
