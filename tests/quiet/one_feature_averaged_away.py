# a signal of one feature goes through layers channels last; the pooling removes the one feature and keeps the steps
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

signals = np.random.rand(12, 120, 1)
inputs = keras.Input(signals.shape[1:])
x = layers.MultiHeadAttention(2, 8)(inputs, inputs) + inputs
x = layers.Conv1D(1, 1)(layers.Conv1D(4, 1, activation="relu")(x)) + x
x = layers.GlobalAveragePooling1D(data_format="channels_first")(x)
model = keras.Model(inputs, layers.Dense(2, activation="softmax")(layers.Dense(16, activation="relu")(x)))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(signals, np.arange(12) % 2)
