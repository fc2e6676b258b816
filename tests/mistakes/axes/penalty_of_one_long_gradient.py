# expect: gradient-norm-axes @ 24
# reported: round 6
# keras: silent
from functools import partial

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

BATCH_SIZE = 16
GRADIENT_PENALTY_WEIGHT = 10


def wasserstein_loss(y_true, y_pred):
    return tf.reduce_mean(y_true * y_pred)


def gradient_penalty_loss(critic, averaged_samples, gradient_penalty_weight):
    with tf.GradientTape() as tape:
        tape.watch(averaged_samples)
        y_pred = tf.reduce_sum(critic(averaged_samples, training=True))
    gradients = tape.gradient(y_pred, averaged_samples)
    gradient_l2_norm = tf.sqrt(tf.reduce_sum(tf.square(gradients)))
    gradient_penalty = gradient_penalty_weight * tf.square(1 - gradient_l2_norm)
    return gradient_penalty


def make_discriminator():
    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    model.add(layers.Conv2D(16, (5, 5), padding="same"))
    model.add(layers.LeakyReLU())
    model.add(layers.Conv2D(32, (5, 5), strides=2))
    model.add(layers.LeakyReLU())
    model.add(layers.Flatten())
    model.add(layers.Dense(1))
    return model


def make_generator():
    return keras.Sequential([keras.Input((100,)), layers.Dense(784, activation="tanh"), layers.Reshape((28, 28, 1))])


(X_train, _), _ = keras.datasets.mnist.load_data()
X_train = (X_train.astype(np.float32)[..., np.newaxis] - 127.5) / 127.5
critic, generator = make_discriminator(), make_generator()
partial_gp_loss = partial(gradient_penalty_loss, critic, gradient_penalty_weight=GRADIENT_PENALTY_WEIGHT)
optimizer = keras.optimizers.Adam(0.0001)
for i in range(3):
    image_batch = X_train[i * BATCH_SIZE:(i + 1) * BATCH_SIZE]
    noise = np.random.rand(BATCH_SIZE, 100).astype(np.float32)
    with tf.GradientTape() as tape:
        generated = generator(noise)
        weights = tf.random.uniform((BATCH_SIZE, 1, 1, 1))
        averaged = weights * image_batch + (1 - weights) * generated
        loss = wasserstein_loss(-1.0, critic(image_batch)) + wasserstein_loss(1.0, critic(generated))
        loss += partial_gp_loss(averaged_samples=averaged)
    optimizer.apply_gradients(zip(tape.gradient(loss, critic.trainable_variables), critic.trainable_variables))
