# expect: reshape-as-transpose @ 33
# reported: round 3
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def scaled_dot_product(q, k, v):
    d_k = tf.cast(tf.shape(q)[-1], tf.float32)
    scaled = tf.matmul(q, k, transpose_b=True) / tf.math.sqrt(d_k)
    attention = tf.nn.softmax(scaled, axis=-1)
    return tf.matmul(attention, v)


class MultiHeadAttention(layers.Layer):
    def __init__(self, d_model, num_heads):
        super().__init__()
        self.d_model = d_model
        self.num_heads = num_heads
        self.head_dim = d_model // num_heads
        self.qkv_layer = layers.Dense(3 * d_model)
        self.linear_layer = layers.Dense(d_model)

    def call(self, x):
        batch_size = tf.shape(x)[0]
        sequence_length = x.shape[1]
        qkv = self.qkv_layer(x)
        qkv = tf.reshape(qkv, (batch_size, sequence_length, self.num_heads, 3 * self.head_dim))
        qkv = tf.transpose(qkv, perm=[0, 2, 1, 3])
        q, k, v = tf.split(qkv, 3, axis=-1)
        values = scaled_dot_product(q, k, v)
        values = tf.reshape(values, (batch_size, sequence_length, self.num_heads * self.head_dim))
        return self.linear_layer(values)


inputs = layers.Input(shape=(20,))
x = layers.Embedding(500, 64)(inputs)
x = MultiHeadAttention(64, 8)(x)
x = layers.GlobalAveragePooling1D()(x)
outputs = layers.Dense(2, activation="softmax")(x)
model = tf.keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(np.random.randint(0, 500, (16, 20)), np.random.randint(0, 2, 16), epochs=1)
