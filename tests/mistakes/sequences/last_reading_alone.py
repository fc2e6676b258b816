# expect: conv-single-step @ 10
# expect: rnn-single-step @ 11
# keras: silent
import numpy as np
import keras
from keras import layers

load = keras.Input((48, 5))
recent = load[:, -1:]
shape = layers.Flatten()(layers.Conv1D(16, 3, padding="causal", activation="relu")(recent))
level = layers.GRU(8)(recent)
model = keras.Model(load, layers.Dense(1)(layers.Concatenate()([shape, level])))
model.compile("adam", "mse")
model.fit(np.random.rand(20, 48, 5), np.random.rand(20), epochs=1)
