# expect: samples-against-samples @ 20
# reported: round 4
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

NUM_ACTIONS, OBS = 4, 8
policy = keras.Sequential([keras.Input((OBS,)), layers.Dense(32, "relu"), layers.Dense(NUM_ACTIONS)])
critic = keras.Sequential([keras.Input((OBS,)), layers.Dense(32, "relu"), layers.Dense(1)])
policy_optimizer = keras.optimizers.Adam(1e-3)


def policy_loss(observations, actions, returns):
    logits = policy(observations)
    log_probs = tf.nn.log_softmax(logits)
    logp_action = tf.reduce_sum(log_probs * tf.one_hot(actions, NUM_ACTIONS), axis=-1)
    coeff = tf.nn.relu(tf.sign(returns[:, None] - critic(observations)))
    return -tf.reduce_mean(logp_action * coeff)


observations = np.random.randn(64, OBS).astype("float32")
actions = np.random.randint(0, NUM_ACTIONS, 64)
returns = np.random.randn(64).astype("float32")
with tf.GradientTape() as tape:
    loss = policy_loss(observations, actions, returns)
grads = tape.gradient(loss, policy.trainable_variables)
policy_optimizer.apply_gradients(zip(grads, policy.trainable_variables))
print(float(loss))
