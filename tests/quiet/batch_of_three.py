# the step of a model takes the three parts of a batch itself
import keras
import numpy as np
import tensorflow as tf

towers = [keras.Input((8, 8, 3)) for _ in range(3)]
shared = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(4)])
triplet = keras.Model(towers, [shared(tower) for tower in towers])


class Distances(keras.Model):
    def train_step(self, data):
        anchor, near, far = triplet(data)
        return {"loss": tf.reduce_mean(tf.square(anchor - near) - tf.square(anchor - far))}


images = np.zeros((90, 8, 8, 3), "float32")
triples = tf.data.Dataset.from_tensor_slices((images, images, images)).batch(30)
model = Distances()
model.compile("adam")
model.fit(triples)


class Pairs(keras.Model):
    def train_step(self, data):
        return {"loss": tf.reduce_mean(triplet(data)[0])}  # expect: fed-structure


pairs = tf.data.Dataset.from_tensor_slices((images, images)).batch(30)
model = Pairs()
model.compile("adam")
model.fit(pairs)
