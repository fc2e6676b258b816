# expect: loss-refuses-target @ 19
# keras: crash
# characters in, characters out; the targets have the start character in front
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

in_len, out_len, n_chars = 29, 10, 12
src = np.random.randint(0, n_chars, (40, in_len))
dst = np.eye(n_chars)[np.random.randint(0, n_chars, (40, out_len + 1))]

model = tf.keras.Sequential()
model.add(layers.Embedding(n_chars, 8))
model.add(layers.LSTM(32))
model.add(layers.RepeatVector(out_len))
model.add(layers.LSTM(32, return_sequences=True))
model.add(layers.TimeDistributed(layers.Dense(n_chars, activation="softmax")))
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(src, dst, batch_size=8, epochs=1, verbose=0)
