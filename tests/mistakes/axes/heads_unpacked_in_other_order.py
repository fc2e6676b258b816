# expect: reshape-as-transpose @ 31
# reported: round 4
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers


class MultiHead(layers.Layer):
    def __init__(self, emb_dim, num_heads):
        super().__init__()
        self.num_heads, self.head_dim = num_heads, emb_dim // num_heads
        self.q, self.k, self.v, self.out = (layers.Dense(emb_dim) for _ in range(4))

    def multihead_reshape(self, tensor, batch_size):
        tensor = tf.reshape(tensor, (batch_size, -1, self.num_heads, self.head_dim))
        tensor = tf.transpose(tensor, (0, 2, 1, 3))
        return tf.reshape(tensor, (batch_size * self.num_heads, -1, self.head_dim))

    def reshape_to_concat(self, tensor, batch_size):
        tensor = tf.transpose(tensor, (0, 2, 1, 3))
        return tf.reshape(tensor, (batch_size, -1, self.num_heads * self.head_dim))

    def call(self, x):
        batch_size = tf.shape(x)[0]
        query = self.multihead_reshape(self.q(x), batch_size)
        key = self.multihead_reshape(self.k(x), batch_size)
        value = self.multihead_reshape(self.v(x), batch_size)
        weights = tf.nn.softmax(tf.matmul(query, key, transpose_b=True) / self.head_dim**0.5)
        output = tf.matmul(weights, value)
        output = tf.reshape(output, (self.num_heads, batch_size, -1, self.head_dim))
        return self.out(self.reshape_to_concat(output, batch_size))


ids = Input((16,))
x = layers.Embedding(100, 32)(ids)
x = MultiHead(32, 4)(x)
x = layers.GlobalMaxPooling1D()(x)
model = Model(ids, layers.Dense(3, activation="softmax")(x))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.randint(0, 100, (8, 16)), np.random.randint(0, 3, 8), epochs=1, batch_size=4)
