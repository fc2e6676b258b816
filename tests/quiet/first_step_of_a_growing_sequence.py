import keras
import numpy as np
import tensorflow as tf
from settings import COUNT, finished


class Decoder(keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = keras.layers.Embedding(30, 64)
        self.attention = keras.layers.MultiHeadAttention(num_heads=2, key_dim=32)
        self.scores = keras.layers.Dense(30)

    def call(self, tokens):
        x = self.embedding(tokens)
        return self.scores(self.attention(x, x, use_causal_mask=True))

    def generate(self, count):
        tokens = tf.fill([count, 1], 1)
        for _ in range(20):
            following = tf.argmax(self(tokens)[:, -1], axis=-1, output_type=tf.int32)
            tokens = tf.concat([tokens, following[:, None]], axis=1)
        return tokens

    def until_it_ends(self):
        tokens = tf.ones((1, 1), tf.int32)
        while not finished(tokens):
            following = tf.argmax(self(tokens)[:, -1], axis=-1, output_type=tf.int32)
            tokens = tf.concat([tokens, following[:, None]], axis=-1)
        return tokens


Decoder().generate(4)
Decoder().until_it_ends()

decoder = Decoder()
found = [1]
for _ in range(COUNT):
    scores = decoder(np.array([found]))
    found.append(int(np.argmax(scores[0, -1])))

decoder = Decoder()
found = np.array([[1]])
for _ in range(COUNT):
    scores = decoder.predict(found)
    found = np.concatenate([found, scores[:, -1:].argmax(-1)], axis=1)

decoder = Decoder()
found = np.zeros((1, 1), "int32")
for _ in range(COUNT):
    scores = decoder(found)
    found = np.append(found, [[int(np.argmax(scores[0, -1]))]], axis=1)

decoder = Decoder()
decoder(tf.zeros((1, 1), tf.int32))
decoder.load_weights("decoder.weights.h5")
decoder.predict(np.load("tokens.npy"))

decoder = Decoder()
decoder(tf.zeros((1, 1), tf.int32))
decoder.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
decoder.fit(np.zeros((100, 20)), np.zeros((100, 20)))
