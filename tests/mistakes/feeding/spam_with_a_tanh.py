# expect: logits-as-probabilities @ 16
# keras: silent
"""A spam filter whose last unit has a tanh: below 0 the loss has no gradient."""

import keras
import numpy as np
from keras import layers

random = np.random.default_rng(0)
words = random.integers(1, 500, (64, 30))
is_spam = random.integers(0, 2, (64, 1)).astype("float32")

inputs = keras.Input((30,), dtype="int32")
vectors = layers.Bidirectional(layers.LSTM(8))(layers.Embedding(500, 16)(inputs))
spam_filter = keras.Model(inputs, layers.Dense(1, activation="tanh")(layers.Dense(8, activation="relu")(vectors)))
spam_filter.compile("adam", "binary_crossentropy", metrics=["accuracy"])
spam_filter.fit(words, is_spam, epochs=1, verbose=0)
