# expect: tokens-without-embedding @ 9
# keras: crash
import numpy as np
import keras
from keras import layers

words = keras.Input(shape=(40,), dtype="int32")
x = layers.Reshape((40, 1))(words)
x = layers.Conv1D(8, 3, activation="relu")(x)
x = layers.GlobalMaxPooling1D()(x)
model = keras.Model(words, layers.Dense(1, activation="sigmoid")(x))
model.compile("adam", "binary_crossentropy")
model.fit(np.ones((4, 40), "int32"), np.ones(4), verbose=0)
