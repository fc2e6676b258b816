# expect: reshape-as-transpose @ 13
# keras: silent
import keras
import numpy as np
import tensorflow as tf
from keras import layers


class Voices(layers.Layer):
    def call(self, sound):
        count, frames = tf.shape(sound)[0], tf.shape(sound)[1]
        voices = tf.transpose(tf.reshape(sound, (count, frames, 4, 6)), (0, 2, 1, 3))
        return tf.reshape(voices, (count, frames, 24))


sound = keras.Input((None, 24))
model = keras.Model(sound, layers.Dense(2)(Voices()(sound)))
print(model.predict(np.zeros((3, 10, 24)), verbose=0).shape)
