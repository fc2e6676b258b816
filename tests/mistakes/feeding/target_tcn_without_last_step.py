# expect: steps-unlike-target @ 21
# keras: crash
import numpy as np
import keras
from keras import layers

x, y = np.random.rand(32, 100, 3), np.random.randint(0, 4, (32,))


def tcn(filters=16, dilations=(1, 2, 4, 8)):
    inputs = keras.Input((100, 3))
    h = inputs
    for d in dilations:
        h = layers.Conv1D(filters, 2, padding="causal", dilation_rate=d, activation="relu")(h)
    logits = layers.Dense(4)(h)
    return keras.Model(inputs, logits)


model = tcn()
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y, epochs=1, verbose=0)
