# expect: gradient-norm-axes @ 50
# reported: round 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


def dcgan_generator(z_dim):
    return models.Sequential(
        [
            layers.Input((z_dim,)),
            layers.Dense(8 * 8 * 32, activation="relu"),
            layers.Reshape((8, 8, 32)),
            layers.Conv2DTranspose(16, 4, strides=2, padding="same", activation="relu"),
            layers.Conv2DTranspose(3, 4, strides=2, padding="same", activation="tanh"),
        ]
    )


def dcgan_discriminator():
    return models.Sequential(
        [
            layers.Input((32, 32, 3)),
            layers.Conv2D(16, 4, strides=2, padding="same", activation="leaky_relu"),
            layers.Conv2D(32, 4, strides=2, padding="same", activation="leaky_relu"),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )


class WassersteinGAN:
    def __init__(self, x_sampler, z_dim=16, scale=10.0):
        self.x_sampler, self.z_dim, self.scale = x_sampler, z_dim, scale
        self.g_net, self.d_net = dcgan_generator(z_dim), dcgan_discriminator()
        self.d_adam = tf.keras.optimizers.Adam(1e-4, beta_1=0.5, beta_2=0.9)

    def train_d(self, batch_size):
        x = self.x_sampler(batch_size)
        z = tf.random.normal((batch_size, self.z_dim))
        with tf.GradientTape() as outer:
            x_ = self.g_net(z)
            epsilon = tf.random.uniform([], 0.0, 1.0)
            x_hat = epsilon * x + (1 - epsilon) * x_
            with tf.GradientTape() as inner:
                inner.watch(x_hat)
                d_hat = self.d_net(x_hat)
            ddx = inner.gradient(d_hat, x_hat)
            ddx = tf.sqrt(tf.reduce_sum(tf.square(ddx), axis=1))
            ddx = tf.reduce_mean(tf.square(ddx - 1.0) * self.scale)
            d_loss = tf.reduce_mean(self.d_net(x_)) - tf.reduce_mean(self.d_net(x)) + ddx
        grads = outer.gradient(d_loss, self.d_net.trainable_variables)
        self.d_adam.apply_gradients(zip(grads, self.d_net.trainable_variables))
        return d_loss


(images, _), _ = tf.keras.datasets.cifar10.load_data()
images = images.astype("float32") / 127.5 - 1.0
wgan = WassersteinGAN(lambda n: images[np.random.randint(0, len(images), n)])
for _ in range(2):
    print(float(wgan.train_d(16)))
