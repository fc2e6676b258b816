# in the first round of a loop that prolongs a sequence the sequence has one token
import sys

import numpy as np
import tensorflow as tf
from keras import layers, ops


class Weights(layers.Layer):
    """Self-attention with a softmax by hand."""

    def call(self, x):
        powers = tf.exp(tf.einsum("bik,bjk->bij", x, x))
        shares = powers / tf.reduce_sum(powers, axis=-1, keepdims=True)
        return tf.einsum("bij,bjk->bik", shares, x)


class Speaker(tf.keras.Model):
    def __init__(self, length):
        super().__init__()
        self.length = length
        self.embed = layers.Embedding(50, 16)
        self.mix = Weights()
        self.scores = layers.Dense(50)

    def next_token(self, said):
        seen = self.mix(self.embed(said))
        return tf.argmax(self.scores(seen)[:, -1:, :], axis=-1, output_type=tf.int32)

    def call(self, source):
        said = tf.ones((source.shape[0], 1), dtype=tf.int32)
        for _ in range(5):
            said = tf.concat([said, self.next_token(said)], axis=1)
        return said

    def until(self, source):
        said = tf.ones((4, 1), dtype=tf.int32)
        while tf.shape(said)[1] < self.length:
            said = tf.concat([said, self.next_token(said)], axis=1)
        return said


embed, scores = layers.Embedding(50, 16), layers.Dense(50)


def attend(words):
    x = embed(words)
    weights = ops.softmax(ops.matmul(x, ops.transpose(x, (0, 2, 1))))
    return scores(ops.matmul(layers.Activation("softmax")(ops.matmul(x, ops.transpose(x, (0, 2, 1)))) + weights, x))


spoken = Speaker(9)(np.ones((4, 7), "int32"))
more = Speaker(int(sys.argv[1])).until(np.ones((4, 7), "int32"))

said = np.ones((1, 1), "int32")
while said.shape[1] < 6:
    said = np.append(said, np.argmax(attend(said)[:, -1:], axis=-1), axis=1)

tokens = [1]
for _ in range(6):
    tokens.append(int(np.argmax(attend(np.array([tokens]))[0, -1])))

for _ in range(int(sys.argv[1])):
    tokens += [int(np.argmax(attend(np.array([tokens]))[0, -1]))]

for _ in range(3):
    share = ops.softmax(layers.Dense(1)(np.zeros((4, 8))))  # expect: softmax-over-one
