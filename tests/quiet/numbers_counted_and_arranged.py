# the axes of counted numbers have no meaning that a reshape could mix
import numpy as np
import tensorflow as tf

numbers = tf.reshape(tf.range(60), (3, 4, -1))
split = tf.reshape(numbers, (2, 3, 1, 10))
turned = tf.reshape(tf.cast(numbers, tf.float32) / 60.0, (5, 4, 3))
table = np.arange(6).reshape(2, 3)
upright = table.reshape(3, 2)
line = np.linspace(0, 1, 6).reshape(2, 3).reshape(3, 2)

measured = np.random.rand(200, 3)
measured = measured.reshape(3, 200)  # expect: reshape-as-transpose
