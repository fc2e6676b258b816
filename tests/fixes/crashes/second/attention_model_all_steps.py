import numpy as np
import keras
from keras import layers

inp = keras.Input((30,), dtype="int32")
x = layers.Embedding(1000, 32)(inp)
x = layers.Bidirectional(layers.LSTM(16, return_sequences=True))(x)
x = layers.MultiHeadAttention(2, 16)(x, x)
x = layers.Dense(16, activation="relu")(x)
out = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model(inp, out)
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(np.random.randint(0, 1000, (20, 30)), np.random.randint(0, 2, (20, 1)), verbose=0)
