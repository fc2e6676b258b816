# expect: samples-against-samples @ 39
# reported: round 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras


class Settings:
    discount = 0.99
    target_kl = 0.2
    entropy_weight = 0.01
    batch = 32


class Learner:
    def __init__(self, seen_size, moves, config):
        self.settings = config
        inputs = keras.Input((seen_size,))
        hidden = keras.layers.Dense(64, activation="tanh")(inputs)
        mean = keras.layers.Dense(moves, activation="tanh")(hidden)
        log_sigma = keras.layers.Dense(moves)(hidden)
        self.policy = keras.Model(inputs, [mean, log_sigma])
        self.adam = keras.optimizers.Adam(1e-3)

    def _log_density(self, mean, log_sigma, action):
        constant = -0.5 * np.log(2 * np.pi) - log_sigma
        value = -0.5 * ((action - mean) / tf.exp(log_sigma)) ** 2
        return tf.reduce_sum(constant + value, -1)

    def _spread(self, log_sigma):
        return tf.reduce_sum(log_sigma + 0.5 * np.log(2 * np.pi * np.e), -1, keepdims=True)

    def _objective(self, seen, action, logp_before, better_by):
        mean, log_sigma = self.policy(seen)
        change = tf.exp(self._log_density(mean, log_sigma, action) - logp_before)
        gain = -change * better_by
        entropy = self._spread(log_sigma)
        total = gain - self.settings.entropy_weight * entropy
        return tf.reduce_mean(total)

    def update(self, seen, action, logp_before, better_by):
        with tf.GradientTape() as tape:
            loss = self._objective(seen, action, logp_before, better_by)
        gradients = tape.gradient(loss, self.policy.trainable_variables)
        self.adam.apply_gradients(zip(gradients, self.policy.trainable_variables))
        return loss


learner = Learner(8, 2, Settings())
seen = np.random.randn(Settings.batch, 8).astype("float32")
action = np.random.randn(Settings.batch, 2).astype("float32")
logp_before = np.random.randn(Settings.batch).astype("float32")
better_by = np.random.randn(Settings.batch).astype("float32")
print(learner.update(seen, action, logp_before, better_by))
