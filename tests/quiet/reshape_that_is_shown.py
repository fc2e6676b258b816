# a lesson shows that a reshape is no transpose, and throws the result away
import numpy as np
import tensorflow as tf

x = tf.constant([[1, 2], [3, 4], [5, 6]])
y = tf.constant([[7, 8], [9, 10], [11, 12]])
tf.reshape(y, shape=(2, 3))
x @ tf.reshape(y, (2, 3))
tf.matmul(tf.reshape(x, shape=(2, 3)), y)
y.shape, tf.reshape(y, (2, 3)).shape, tf.transpose(y).shape
print("reshaped:", tf.reshape(y, (2, 3)), "\n")
np.zeros((3, 2)).reshape(2, 3)
turned = tf.reshape(y, (2, 3))  # expect: reshape-as-transpose
