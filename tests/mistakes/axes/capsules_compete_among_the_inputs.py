# missed: weights-summed-elsewhere @ 25 either axis of the routing is a softmax, and the axes have no names
# reported: round 4
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


def squash(v, axis=-1):
    norm = tf.reduce_sum(tf.square(v), axis, keepdims=True)
    return norm / (1 + norm) * v / tf.sqrt(norm + 1e-8)


class DigitCaps(layers.Layer):
    def __init__(self, num_capsules=10, num_routes=32, in_channels=8, out_channels=16):
        super().__init__()
        self.num_routes, self.num_capsules = num_routes, num_capsules
        self.W = self.add_weight(shape=(1, num_routes, num_capsules, out_channels, in_channels), initializer="random_normal")

    def call(self, x):
        x = x[:, :, None, :, None]
        u_hat = tf.squeeze(tf.matmul(self.W, tf.tile(x, [1, 1, self.num_capsules, 1, 1])), -1)
        b_ij = tf.zeros_like(u_hat[..., :1])
        for iteration in range(3):
            c_ij = tf.nn.softmax(b_ij, axis=1)
            s_j = tf.reduce_sum(c_ij * u_hat, axis=1, keepdims=True)
            v_j = squash(s_j)
            if iteration < 2:
                b_ij = b_ij + tf.reduce_sum(u_hat * v_j, -1, keepdims=True)
        return tf.squeeze(v_j, 1)


inputs = layers.Input((32, 8))
caps = DigitCaps()(inputs)
lengths = layers.Lambda(lambda v: tf.sqrt(tf.reduce_sum(tf.square(v), -1)), output_shape=(10,))(caps)
model = models.Model(inputs, lengths)
model.compile("adam", "mse")
model.fit(np.random.rand(8, 32, 8), np.eye(10)[np.random.randint(0, 10, 8)], epochs=1)
