# expect: gradient-norm-axes @ 49
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

NOISE = 32


def build_generator():
    return keras.Sequential([
        keras.Input((NOISE,)),
        layers.Dense(7 * 7 * 32, activation="relu"),
        layers.Reshape((7, 7, 32)),
        layers.Conv2DTranspose(16, 4, strides=2, padding="same", activation="relu"),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])


def build_critic():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(16, 4, strides=2, padding="same"),
        layers.LeakyReLU(),
        layers.Flatten(),
        layers.Dense(1),
    ])


class WGANGP(keras.Model):
    def __init__(self, lambd=0.25):
        super().__init__()
        self.generator, self.critic, self.lambd = build_generator(), build_critic(), lambd
        self.d_optimizer = keras.optimizers.Adam(1e-4)

    def train_step(self, real):
        batch = tf.shape(real)[0]
        fake = self.generator(tf.random.normal((batch, NOISE)))
        alpha = tf.random.uniform((batch, 1, 1, 1), 0.0, 1.0)
        interpolates = real + alpha * (fake - real)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(self.critic(fake)) - tf.reduce_mean(self.critic(real))
            with tf.GradientTape() as inner:
                inner.watch(interpolates)
                score = self.critic(interpolates)
            gradients = inner.gradient(score, interpolates)
            slopes = tf.sqrt(tf.reduce_sum(tf.square(gradients), axis=[1]))
            loss += self.lambd * tf.reduce_mean((slopes - 1.0) ** 2)
        grads = tape.gradient(loss, self.critic.trainable_variables)
        self.d_optimizer.apply_gradients(zip(grads, self.critic.trainable_variables))
        return {"d_loss": loss}


(x_train, _), _ = keras.datasets.mnist.load_data()
x_train = x_train[:64, ..., None].astype("float32") / 255.0
gan = WGANGP()
gan.compile()
gan.fit(x_train, epochs=1, batch_size=16)
