# expect: works-along-batch @ 11
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras

TEMPERATURE = 4.0


def distillation(teacher, student):
    soft = tf.nn.softmax(student / TEMPERATURE, axis=0)
    hard = tf.nn.softmax(teacher / TEMPERATURE, axis=-1)
    return -tf.reduce_sum(hard * tf.math.log(soft), axis=-1)


student = keras.Sequential([keras.layers.Input((20,)), keras.layers.Dense(16, "relu"), keras.layers.Dense(5)])
student.compile("adam", loss=distillation)
student.fit(np.random.rand(32, 20), np.random.rand(32, 5), verbose=0)
