# expect: gradient-norm-axes @ 50
# reported: round 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


def make_generator(z_dim):
    return models.Sequential(
        [
            layers.Input((z_dim,)),
            layers.Dense(8 * 8 * 32, activation="relu"),
            layers.Reshape((8, 8, 32)),
            layers.Conv2DTranspose(16, 4, strides=2, padding="same", activation="relu"),
            layers.Conv2DTranspose(3, 4, strides=2, padding="same", activation="tanh"),
        ]
    )


def make_critic():
    return models.Sequential(
        [
            layers.Input((32, 32, 3)),
            layers.Conv2D(16, 4, strides=2, padding="same", activation="leaky_relu"),
            layers.Conv2D(32, 4, strides=2, padding="same", activation="leaky_relu"),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )


class CriticTraining:
    def __init__(self, draw, z_dim=16, scale=10.0):
        self.draw, self.z_dim, self.scale = draw, z_dim, scale
        self.generator, self.critic = make_generator(z_dim), make_critic()
        self.optimizer = tf.keras.optimizers.Adam(1e-4, beta_1=0.5, beta_2=0.9)

    def train(self, batch_size):
        x = self.draw(batch_size)
        z = tf.random.normal((batch_size, self.z_dim))
        with tf.GradientTape() as outer:
            x_ = self.generator(z)
            epsilon = tf.random.uniform([], 0.0, 1.0)
            x_hat = epsilon * x + (1 - epsilon) * x_
            with tf.GradientTape() as inner:
                inner.watch(x_hat)
                score = self.critic(x_hat)
            slopes = inner.gradient(score, x_hat)
            slopes = tf.sqrt(tf.reduce_sum(tf.square(slopes), axis=1))
            slopes = tf.reduce_mean(tf.square(slopes - 1.0) * self.scale)
            loss = tf.reduce_mean(self.critic(x_)) - tf.reduce_mean(self.critic(x)) + slopes
        grads = outer.gradient(loss, self.critic.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.critic.trainable_variables))
        return loss


(images, _), _ = tf.keras.datasets.cifar10.load_data()
images = images.astype("float32") / 127.5 - 1.0
training = CriticTraining(lambda n: images[np.random.randint(0, len(images), n)])
for _ in range(2):
    print(float(training.train(16)))
