# one more column and a reshape that exchanges the last two axes shift each row of scores by one more place
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class RelativeAttention(layers.Layer):
    def __init__(self, length, width):
        super().__init__()
        self.query, self.key = layers.Dense(width), layers.Dense(width)
        self.length, self.width = length, width

    def build(self, input_shape):
        self.positions = self.add_weight(shape=(self.length, self.width))

    def shifted(self, scores):
        padded = tf.pad(scores, [[0, 0], [0, 0], [1, 0]])
        reshaped = tf.reshape(padded, [-1, padded.shape[-1], padded.shape[-2]])
        return reshaped[:, 1:, :]

    def joined(self, scores):
        zeros = tf.zeros_like(scores[:, :, :1])
        padded = tf.concat([zeros, scores], axis=-1)
        return tf.reshape(padded, (-1, self.length + 1, self.length))[:, 1:]

    def call(self, x):
        relative = tf.matmul(self.query(x), self.positions, transpose_b=True)
        scores = tf.matmul(self.query(x), self.key(x), transpose_b=True)
        scores += self.shifted(relative) + self.joined(relative)
        return tf.matmul(tf.nn.softmax(scores), x)


inputs = keras.Input((24, 16))
model = keras.Model(inputs, RelativeAttention(24, 8)(inputs))
