# missed: works-along-batch @ 30 a batch of a known size that is transposed has no name
# reported: round 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras


class EpisodeModule(keras.layers.Layer):
    """Inner GRU with attention gates over the facts of a story."""

    def __init__(self, num_hidden, **kwargs):
        super().__init__(**kwargs)
        self.num_hidden = num_hidden
        self.gru = keras.layers.GRUCell(num_hidden)

    def build(self, input_shape):
        d = self.num_hidden
        self.w1 = self.add_weight(name="w1", shape=(d, 4 * d))
        self.b1 = self.add_weight(name="b1", shape=(d, 1), initializer="zeros")
        self.w2 = self.add_weight(name="w2", shape=(1, d))
        self.b2 = self.add_weight(name="b2", shape=(1, 1), initializer="zeros")

    def attention(self, f, m, q):
        """f, m and q are transposed: (units, batch)."""
        vec = tf.concat([f * q, f * m, tf.abs(f - q), tf.abs(f - m)], 0)
        l1 = tf.matmul(self.w1, vec) + self.b1
        l1 = tf.nn.tanh(l1)
        l2 = tf.matmul(self.w2, l1) + self.b2
        l2 = tf.nn.softmax(l2)
        return tf.transpose(l2)

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
episode = EpisodeModule(units)(facts, question)
answer = keras.layers.Dense(vocab, activation="softmax")(keras.layers.Concatenate()([episode, question]))
dmn = keras.Model([story, query], answer)
dmn.compile("adam", "sparse_categorical_crossentropy")
stories = np.random.randint(1, vocab, (64, fact_count, words))
queries = np.random.randint(1, vocab, (64, words))
dmn.fit([stories, queries], np.random.randint(0, vocab, 64), batch_size=batch, epochs=1, verbose=0)
