# expect: reshape-as-transpose @ 26
# expect: reshape-as-transpose @ 27
# expect: reshape-as-transpose @ 28
# expect: reshape-as-transpose @ 31
# reported: round 3
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras


class MultiHeadSelfAttention(keras.layers.Layer):
    def __init__(self, attention_dim=16, num_heads=2, **kwargs):
        super().__init__(**kwargs)
        self.attention_dim = attention_dim
        self.num_heads = num_heads
        self.W_q = keras.layers.Dense(attention_dim * num_heads, use_bias=False)
        self.W_k = keras.layers.Dense(attention_dim * num_heads, use_bias=False)
        self.W_v = keras.layers.Dense(attention_dim * num_heads, use_bias=False)

    def call(self, X):
        query = self.W_q(X)
        key = self.W_k(X)
        value = self.W_v(X)
        batch_size = tf.shape(query)[0]
        query = tf.reshape(query, (batch_size * self.num_heads, -1, self.attention_dim))
        key = tf.reshape(key, (batch_size * self.num_heads, -1, self.attention_dim))
        value = tf.reshape(value, (batch_size * self.num_heads, -1, self.attention_dim))
        scores = tf.matmul(query, key, transpose_b=True) / self.attention_dim**0.5
        output = tf.matmul(tf.nn.softmax(scores, axis=-1), value)
        output = tf.reshape(output, (batch_size, X.shape[1], self.num_heads * self.attention_dim))
        return output


ids = keras.Input((10,), dtype="int32")
emb = keras.layers.Embedding(1000, 16)(ids)
att = MultiHeadSelfAttention(16, 2)(emb)
y = keras.layers.Dense(1, activation="sigmoid")(keras.layers.Flatten()(att))
model = keras.Model(ids, y)
model.compile("adam", "binary_crossentropy")
model.fit(np.random.randint(0, 1000, (32, 10)), np.random.randint(0, 2, (32, 1)), epochs=1)
