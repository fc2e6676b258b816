import keras
import numpy as np
import tensorflow as tf
from keras import layers

exported = layers.TFSMLayer("saved/1")
a, b = np.zeros((3, 5)), np.zeros((3, 6))
first = exported((a, b))
second = exported([tf.constant(a), tf.constant(b)])
