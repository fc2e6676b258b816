# missed: samples-against-samples @ 27 both axes of the errors have the same size, and the names do not say which is which
# reported: round 4
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras

N, ACTIONS = 8, 3
tau = tf.constant((np.arange(N) + 0.5) / N, tf.float32)
net = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(ACTIONS * N),
    keras.layers.Reshape((ACTIONS, N)),
])
optimizer = keras.optimizers.Adam(1e-3)


def huber(error, k=1.0):
    return tf.where(tf.abs(error) <= k, 0.5 * error**2, k * (tf.abs(error) - 0.5 * k))


def learn(states, actions, targets):
    with tf.GradientTape() as tape:
        expected = tf.gather(net(states), actions, axis=1, batch_dims=1)
        td_error = targets[:, None, :] - expected[:, :, None]
        level = tf.abs(tau - tf.cast(td_error < 0, tf.float32))
        loss = tf.reduce_mean(tf.reduce_sum(tf.reduce_mean(level * huber(td_error), axis=2), axis=1))
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    return loss


print(learn(np.random.randn(16, 4).astype("float32"), np.random.randint(0, ACTIONS, 16), np.random.randn(16, N).astype("float32")))
