# expect: logits-as-probabilities @ 22
# keras: silent
"""Two heads whose last activations are the ones of their hidden layers: one loss expects logits, the other does not."""

import keras
import numpy as np
from keras import layers

random = np.random.default_rng(0)
source = random.random((40, 12)).astype("float32")
kinds = keras.utils.to_categorical(random.integers(0, 4, 40), 4)
domains = random.integers(0, 2, (40, 1)).astype("float32")

features = keras.Input((12,))
shared = layers.Dense(16, activation="relu")(features)
kind = layers.BatchNormalization()(layers.Dense(4)(shared))
kind = layers.Activation("relu", name="kind")(kind)
domain = layers.Dense(1, name="domain")(shared)
model = keras.Model(features, [kind, domain])
model.compile(
    "adam",
    loss={"kind": "categorical_crossentropy", "domain": keras.losses.BinaryCrossentropy(from_logits=True)},
)
model.fit(source, {"kind": kinds, "domain": domains}, epochs=1, verbose=0)
