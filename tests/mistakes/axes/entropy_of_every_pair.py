# expect: samples-against-samples @ 39
# reported: round 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras


class Config:
    discount = 0.99
    kl_cutoff = 0.2
    entropy_coef = 0.01
    batch = 32


class PPOAlgorithm:
    def __init__(self, observ_size, action_size, config):
        self._config = config
        inputs = keras.Input((observ_size,))
        hidden = keras.layers.Dense(64, activation="tanh")(inputs)
        mean = keras.layers.Dense(action_size, activation="tanh")(hidden)
        logstd = keras.layers.Dense(action_size)(hidden)
        self.policy = keras.Model(inputs, [mean, logstd])
        self._optimizer = keras.optimizers.Adam(1e-3)

    def _logpdf(self, mean, logstd, action):
        constant = -0.5 * np.log(2 * np.pi) - logstd
        value = -0.5 * ((action - mean) / tf.exp(logstd)) ** 2
        return tf.reduce_sum(constant + value, -1)

    def _entropy(self, logstd):
        return tf.reduce_sum(logstd + 0.5 * np.log(2 * np.pi * np.e), -1, keepdims=True)

    def _policy_loss(self, observ, action, old_logpdf, advantage):
        mean, logstd = self.policy(observ)
        ratio = tf.exp(self._logpdf(mean, logstd, action) - old_logpdf)
        surrogate = -ratio * advantage
        entropy = self._entropy(logstd)
        total = surrogate - self._config.entropy_coef * entropy
        return tf.reduce_mean(total)

    def update(self, observ, action, old_logpdf, advantage):
        with tf.GradientTape() as tape:
            loss = self._policy_loss(observ, action, old_logpdf, advantage)
        gradients = tape.gradient(loss, self.policy.trainable_variables)
        self._optimizer.apply_gradients(zip(gradients, self.policy.trainable_variables))
        return loss


agent = PPOAlgorithm(8, 2, Config())
observ = np.random.randn(Config.batch, 8).astype("float32")
action = np.random.randn(Config.batch, 2).astype("float32")
old_logpdf = np.random.randn(Config.batch).astype("float32")
advantage = np.random.randn(Config.batch).astype("float32")
print(agent.update(observ, action, old_logpdf, advantage))
