# expect: works-along-batch @ 23
# reported: round 5
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers


class Attention(layers.Layer):
    """Attend over the words of a context with each step of a query."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.linear_in = layers.Dense(units, use_bias=False)
        self.linear_out = layers.Dense(units, use_bias=False, activation="tanh")

    def call(self, inputs):
        query, context = inputs
        output_len, query_len = tf.shape(query)[1], tf.shape(context)[1]
        query = self.linear_in(query)
        scores = tf.matmul(query, tf.transpose(context, (0, 2, 1)))
        scores = tf.reshape(scores, (-1, query_len))
        weights = tf.nn.softmax(scores, axis=0)
        weights = tf.reshape(weights, (-1, output_len, query_len))
        mix = tf.matmul(weights, context)
        return self.linear_out(tf.concat([mix, query], axis=-1))


source = Input((20,), name="source")
target = Input((12,), name="target")
context = layers.LSTM(48, return_sequences=True)(layers.Embedding(800, 32)(source))
query = layers.LSTM(48, return_sequences=True)(layers.Embedding(900, 32)(target))
attended = Attention(48)([query, context])
words = layers.Dense(900, activation="softmax")(attended)
model = Model([source, target], words)
model.compile("adam", "sparse_categorical_crossentropy")

X = np.random.randint(1, 800, (40, 20))
Y = np.random.randint(1, 900, (40, 13))
model.fit([X, Y[:, :-1]], Y[:, 1:], batch_size=8, epochs=1)
