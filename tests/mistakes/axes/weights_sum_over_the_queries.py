# expect: weights-summed-elsewhere @ 25
# reported: round 3
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class AttentionBlock(layers.Layer):
    def __init__(self, n_channels, n_heads=2, d_k=8):
        super().__init__()
        self.n_heads, self.d_k = n_heads, d_k
        self.projection = layers.Dense(n_heads * d_k * 3)
        self.output_layer = layers.Dense(n_channels)
        self.scale = d_k**-0.5

    def call(self, x):
        height, width, n_channels = x.shape[1:]
        batch_size = tf.shape(x)[0]
        x = tf.reshape(x, (batch_size, height * width, n_channels))
        qkv = tf.reshape(self.projection(x), (batch_size, height * width, self.n_heads, 3 * self.d_k))
        q, k, v = tf.split(qkv, 3, axis=-1)
        attn = tf.einsum("bihd,bjhd->bijh", q, k) * self.scale
        attn = tf.nn.softmax(attn, axis=1)
        res = tf.einsum("bijh,bjhd->bihd", attn, v)
        res = tf.reshape(res, (batch_size, height * width, self.n_heads * self.d_k))
        res = self.output_layer(res) + x
        return tf.reshape(res, (batch_size, height, width, n_channels))


noisy = keras.Input((16, 16, 3))
x = layers.Conv2D(12, 3, strides=2, padding="same", activation="swish")(noisy)
x = AttentionBlock(12)(x)
x = layers.UpSampling2D()(x)
noise = layers.Conv2D(3, 3, padding="same")(x)
model = keras.Model(noisy, noise)
model.compile("adam", "mse")
model.fit(np.random.randn(8, 16, 16, 3), np.random.randn(8, 16, 16, 3), epochs=1, batch_size=4)
