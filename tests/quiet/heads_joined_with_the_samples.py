# attention as it was written for one matrix product: the heads stand before the samples, and are put back
import tensorflow as tf
from tensorflow.keras import Input, Model, layers

HEADS, WIDTH, LENGTH = 4, 32, 10


class Heads(layers.Layer):
    def split(self, x):
        s = tf.shape(x)
        x = tf.reshape(x, [s[0], s[1], HEADS, s[2] // HEADS])
        x = tf.transpose(x, [2, 0, 1, 3])
        return tf.reshape(x, [-1, s[1], s[2] // HEADS])

    def join(self, x):
        s = tf.shape(x)
        x = tf.reshape(x, [HEADS, -1, s[1], s[2]])
        x = tf.transpose(x, [1, 2, 0, 3])
        return tf.reshape(x, [-1, s[1], HEADS * s[2]])

    def call(self, x):
        q = self.split(x)
        return self.join(tf.matmul(tf.nn.softmax(tf.matmul(q, q, transpose_b=True)), q))


words = Input((LENGTH,), dtype="int32")
x = Heads()(layers.Embedding(100, WIDTH)(words))
model = Model(words, layers.Dense(2, activation="softmax")(layers.GlobalAveragePooling1D()(x)))
