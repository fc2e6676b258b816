# a step gets what a batch holds: an array, a tuple of one, or inputs and targets
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

IMAGES = np.zeros((64, 28, 28, 1), "float32")


class Autoencoder(keras.Model):
    def __init__(self, takes_tuple):
        super().__init__()
        self.takes_tuple = takes_tuple
        self.encoder = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(8)])
        self.decoder = keras.Sequential([keras.Input((8,)), layers.Dense(784), layers.Reshape((28, 28, 1))])

    def train_step(self, data):
        images = data[0] if self.takes_tuple else data
        with tf.GradientTape() as tape:
            decoded = self.decoder(self.encoder(images, training=True), training=True)
            loss = tf.reduce_mean(tf.reduce_sum(tf.square(images - decoded), axis=(1, 2, 3)))
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_weights))
        return {"loss": loss}


class Tuples(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = layers.Dense(1)

    def train_step(self, data):
        (left, right), = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(self.head(left) - self.head(right))
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_weights))
        return {"loss": loss}


for takes_tuple in (False, True):
    model = Autoencoder(takes_tuple)
    model.compile("adam")
    if takes_tuple:
        model.fit(tf.data.Dataset.from_tensor_slices((IMAGES,)).batch(16), epochs=1)
    else:
        model.fit(IMAGES, epochs=1)
        model.fit(tf.data.Dataset.from_tensor_slices(IMAGES).batch(16), epochs=1)
pairs = Tuples()
pairs.compile("adam")
pairs.fit([np.zeros((64, 12)), np.zeros((64, 12))], epochs=1)
