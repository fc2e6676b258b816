# a list of vectors is a matrix, and its transpose has another shape
import numpy as np
import tensorflow as tf


def positions(x, count=16):
    angles = 2.0 * np.pi * tf.exp(tf.linspace(0.0, 7.0, count)) * x
    return tf.concat([tf.sin(angles), tf.cos(angles)], axis=-1)


some = [positions(y) for y in np.arange(0, 1, 0.01)]
rows = []
for step in range(100):
    rows.append(positions(step / 100))
pictures = np.transpose(some), np.transpose(rows)
np.transpose(positions(3)[None], (0, 1))  # expect: permute-without-effect
