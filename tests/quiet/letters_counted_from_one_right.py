# the correct half of tests/mistakes/sequences/letters_counted_from_one.py
import numpy as np
import tensorflow as tf

TEXT = "the quick brown fox jumps over the lazy dog. " * 20
WINDOW = 20

chars = sorted(set(TEXT))
char_to_id = {c: i + 1 for i, c in enumerate(chars)}  # 0 is padding
ids = np.array([char_to_id[c] for c in TEXT])


def pairs():
    x, y = [], []
    for i in range(0, len(ids) - WINDOW, 3):
        x.append(ids[i:i + WINDOW])
        y.append(ids[i + WINDOW])
    return np.array(x), np.array(y)


x, y = pairs()
vocab = len(chars) + 1

model = tf.keras.Sequential([
    tf.keras.layers.Input((WINDOW,)),
    tf.keras.layers.Embedding(vocab, 12),
    tf.keras.layers.GRU(24),
    tf.keras.layers.Dense(vocab, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(x, y, epochs=1)
