# expect: tokens-without-embedding @ 12
# keras: silent
import numpy as np
import tensorflow as tf

text = "the quick brown fox jumps over the lazy dog"
chars = sorted(set(text))
ids = np.array([[chars.index(c) for c in text[i:i + 10]] for i in range(20)], dtype="int32")

inp = tf.keras.Input(shape=(10,), dtype="int32", name="chars")
x = tf.keras.layers.Reshape((10, 1))(inp)
x = tf.keras.layers.GRU(16)(x)
out = tf.keras.layers.Dense(len(chars), activation="softmax")(x)
model = tf.keras.Model(inp, out)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(ids, np.zeros(20), verbose=0)
