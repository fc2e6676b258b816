# a lesson prints what TensorFlow says of it
import numpy as np
import tensorflow as tf

numbers = tf.zeros((3, 2, 5))
try:
    tf.reshape(numbers, [7, -1])
except Exception as error:
    print(f"{type(error).__name__}: {error}")

try:
    np.zeros((3, 2)) @ np.zeros((3, 2))
except ValueError as error:
    print("refused:", error)

try:
    tf.reshape(numbers, [7, -1])  # expect: size-mismatch
except ValueError:
    numbers = tf.zeros((7, 1))
