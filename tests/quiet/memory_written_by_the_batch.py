# a memory is read with weights over its slots, and written with weights over the samples of the batch
import tensorflow as tf
from tensorflow import keras


class Memory(keras.layers.Layer):
    def __init__(self, slots, **kwargs):
        super().__init__(**kwargs)
        self.slots = slots

    def build(self, shape):
        self.stored = self.add_weight(shape=(self.slots, shape[-1]), name="stored")

    def call(self, queries):
        scores = tf.matmul(queries, self.stored, transpose_b=True)
        reading = tf.nn.softmax(scores, axis=1)
        writing = tf.nn.softmax(scores, axis=0)
        self.stored.assign(0.9 * self.stored + 0.1 * tf.matmul(writing, queries, transpose_a=True))
        return tf.matmul(reading, self.stored)


inputs = keras.Input((16,))
model = keras.Model(inputs, keras.layers.Dense(3, activation="softmax")(Memory(20)(inputs)))
