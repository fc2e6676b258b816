# a norm without an axis of what is no batch: weights, one vector, one sample; a loss class with all reductions
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class Cosine(keras.losses.Loss):
    def __init__(self, scale=1.0, **kwargs):
        super().__init__(**kwargs)
        self.scale = scale

    def call(self, y_true, y_pred):
        y_true = tf.math.l2_normalize(y_true, axis=-1)
        y_pred = tf.math.l2_normalize(y_pred, axis=-1)
        return -self.scale * tf.reduce_sum(y_true * y_pred, axis=-1)


class Scaled(layers.Layer):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], 8))

    def call(self, x):
        return tf.matmul(x, tf.nn.l2_normalize(self.kernel))


encoder = keras.Sequential([keras.Input((20,)), layers.Dense(16), Scaled()])
mean_loss, each = Cosine(), Cosine(reduction="none")
weights = tf.ones(16)
for x, y in tf.data.Dataset.from_tensor_slices((np.zeros((64, 20)), np.ones((64, 8), "float32"))).batch(16):
    loss = mean_loss(y, encoder(x)) + tf.reduce_mean(each(y, encoder(x)) * weights)
    weighed = mean_loss(y, encoder(x), sample_weight=weights)
face = encoder(np.zeros((1, 20)))
known = tf.math.l2_normalize(face)
query = tf.math.l2_normalize(face[0])
