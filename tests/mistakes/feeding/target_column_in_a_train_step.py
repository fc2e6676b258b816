# expect: samples-against-samples @ 19
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras


class Forecaster(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = keras.layers.Dense(1)

    def call(self, hours):
        return self.head(hours)

    def train_step(self, data):
        hours, load = data
        with tf.GradientTape() as tape:
            error = tf.reduce_mean(tf.abs(self(hours, training=True) - load))
        gradients = tape.gradient(error, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"error": error}


model = Forecaster()
model.compile(optimizer="adam")
model.fit(np.random.rand(32, 5), np.random.rand(32), verbose=0)
