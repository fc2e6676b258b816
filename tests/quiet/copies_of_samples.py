# copies that are read in the order in which they were made
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

COPIES = 4
net = keras.Sequential([keras.Input((6,)), layers.Dense(2)])
states = np.zeros((7, 6), "float32")
by_sample = tf.reshape(net(tf.repeat(states, COPIES, axis=0)), (7, COPIES, 2))
by_copy = tf.reshape(net(tf.tile(states, [COPIES, 1])), (COPIES, 7, 2))
wide = tf.reshape(tf.tile(states, [1, COPIES]), (7, COPIES, 6))
rows = tf.reshape(tf.tile(states[:, None], [1, COPIES, 1]), (7 * COPIES, 6))
back = tf.reshape(net(rows), (7, COPIES, 2))
one = tf.reshape(net(tf.tile(states[:1], [COPIES, 1])), (1, COPIES, 2))
swapped = tf.reshape(tf.transpose(tf.reshape(tf.tile(states, [COPIES, 1]), (COPIES, 7, 6)), (1, 0, 2)), (7, COPIES, 6))
flat = tf.reshape(net(tf.tile(states, [COPIES, 1])), (-1,))
