# missed: works-along-batch @ 30 a batch of a known size that is transposed has no name
# reported: round 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras


class Memory(keras.layers.Layer):
    """Inner GRU with attention gates over the facts of a story."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.gru = keras.layers.GRUCell(units)

    def build(self, input_shape):
        d = self.units
        self.into = self.add_weight(name="into", shape=(d, 4 * d))
        self.bias = self.add_weight(name="bias", shape=(d, 1), initializer="zeros")
        self.out = self.add_weight(name="out", shape=(1, d))
        self.offset = self.add_weight(name="offset", shape=(1, 1), initializer="zeros")

    def attention(self, f, m, q):
        """f, m and q are transposed: (units, batch)."""
        alike = tf.concat([f * q, f * m, tf.abs(f - q), tf.abs(f - m)], 0)
        first = tf.matmul(self.into, alike) + self.bias
        first = tf.nn.tanh(first)
        second = tf.matmul(self.out, first) + self.offset
        second = tf.nn.softmax(second)
        return tf.transpose(second)

    def call(self, facts, question):
        memory = tf.transpose(question)
        gates = [self.attention(tf.transpose(f), memory, memory) for f in tf.unstack(facts, axis=1)]
        state = tf.zeros_like(question)
        for f, g in zip(tf.unstack(facts, axis=1), gates):
            h, _ = self.gru(f, [state])
            state = g * h + (1 - g) * state
        return state


vocab, fact_count, words, units, batch = 60, 6, 7, 32, 16
story = keras.Input((fact_count, words), dtype="int32", batch_size=batch)
query = keras.Input((words,), dtype="int32", batch_size=batch)
embed = keras.layers.Embedding(vocab, units)
facts = keras.layers.Lambda(lambda t: tf.reduce_mean(t, axis=2))(embed(story))
question = keras.layers.GRU(units)(embed(query))
remembered = Memory(units)(facts, question)
answer = keras.layers.Dense(vocab, activation="softmax")(keras.layers.Concatenate()([remembered, question]))
reader = keras.Model([story, query], answer)
reader.compile("adam", "sparse_categorical_crossentropy")
stories = np.random.randint(1, vocab, (64, fact_count, words))
queries = np.random.randint(1, vocab, (64, words))
reader.fit([stories, queries], np.random.randint(0, vocab, 64), batch_size=batch, epochs=1, verbose=0)
