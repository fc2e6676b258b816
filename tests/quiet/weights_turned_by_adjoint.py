# adjoint_a turns the weights as transpose_a does: they are summed along the axis of the softmax
import tensorflow as tf
from tensorflow import keras


class Attention(keras.layers.Layer):
    def call(self, queries, keys):
        scores = tf.matmul(keys, queries, transpose_b=True)
        right = tf.matmul(tf.nn.softmax(scores, axis=-2), keys, adjoint_a=True)
        also = tf.matmul(tf.nn.softmax(scores, axis=-2), keys, transpose_a=True)
        wrong = tf.nn.softmax(scores, axis=-1)  # expect: weights-summed-elsewhere
        return right + also + tf.matmul(wrong, keys, adjoint_a=True)


queries, keys = keras.Input((5, 16)), keras.Input((20, 16))
model = keras.Model([queries, keys], Attention()(queries, keys))
