# the correct half of tests/mistakes/sequences/highest_article_of_a_session.py
import numpy as np
import tensorflow as tf
from tensorflow.keras.preprocessing.sequence import pad_sequences

sessions = [[3, 8, 2], [5, 1], [9, 9, 4, 7], [2, 6]] * 10
padded = pad_sequences(sessions, maxlen=4, padding="post")
bought = np.array([1, 0, 1, 0] * 10)

highest = max(max(s) for s in sessions)
n_items = highest + 1

inp = tf.keras.Input(shape=(4,), dtype="int32")
x = tf.keras.layers.Embedding(n_items, 8, mask_zero=True)(inp)
x = tf.keras.layers.LSTM(8)(x)
model = tf.keras.Model(inp, tf.keras.layers.Dense(1, activation="sigmoid")(x))
model.compile("adam", "binary_crossentropy")
model.fit(padded, bought, epochs=1)
