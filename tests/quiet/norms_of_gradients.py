# one norm for each sample, in each of its spellings; norms of which no penalty is made
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras import layers

critic = keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(1)])
for batch in tf.data.Dataset.from_tensor_slices(np.zeros((64, 32, 32, 3), "float32")).batch(16):
    with tf.GradientTape(persistent=True) as t:
        t.watch(batch)
        out = critic(batch)
    gradients = t.gradient(out, batch)
    squares = K.square(gradients)
    l2 = K.sqrt(K.sum(squares, axis=np.arange(1, len(squares.shape))))
    loss = 10 * K.mean(K.square(1 - l2))
    flat = tf.reshape(gradients, [tf.shape(gradients)[0], -1])
    loss += tf.reduce_mean((tf.norm(flat, axis=1) - 1) ** 2)
    ddx = tf.sqrt(tf.reduce_sum(tf.square(layers.Flatten()(gradients)), axis=1))
    loss += tf.reduce_mean(tf.square(ddx - 1.0))
    norms = tf.map_fn(lambda g: tf.norm(g), gradients)
    loss += tf.reduce_mean((norms - 1) ** 2)
    r1 = tf.reduce_mean(tf.reduce_sum(tf.square(gradients), axis=[1, 2, 3]))
    weights = t.gradient(loss, critic.trainable_weights)
