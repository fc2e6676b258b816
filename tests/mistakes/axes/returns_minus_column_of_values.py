# expect: samples-against-samples @ 48
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

STATE, ACTIONS = 4, 2


def actor_critic():
    state = keras.Input((STATE,))
    h = layers.Dense(40, activation="relu")(state)
    return keras.Model(state, [layers.Dense(ACTIONS, activation="softmax")(h), layers.Dense(1)(h)])


def discount_reward(rewards, gamma, final):
    discounted = np.zeros_like(rewards)
    running = final
    for t in reversed(range(len(rewards))):
        running = running * gamma + rewards[t]
        discounted[t] = running
    return discounted


def roll_out(network, steps):
    states, actions, rewards = [], [], []
    state = np.random.rand(STATE)
    for _ in range(steps):
        probs, _ = network(state[np.newaxis].astype("float32"))
        action = np.random.choice(ACTIONS, p=probs.numpy()[0] / probs.numpy()[0].sum())
        states.append(state)
        actions.append(action)
        rewards.append(float(state[0] > 0.5))
        state = np.random.rand(STATE)
    return np.array(states, "float32"), np.array(actions), np.array(rewards, "float32")


network = actor_critic()
optimizer = keras.optimizers.Adam(0.01)
for _ in range(3):
    states, actions, rewards = roll_out(network, 12)
    qs = tf.constant(discount_reward(rewards, 0.99, 0.0))
    with tf.GradientTape() as tape:
        probs, vs = network(states)
        chosen = tf.reduce_sum(probs * tf.one_hot(actions, ACTIONS), axis=1)
        advantages = qs - vs
        policy_loss = -tf.reduce_mean(tf.math.log(chosen) * tf.stop_gradient(advantages))
        loss = policy_loss + tf.reduce_mean(tf.square(advantages))
    optimizer.apply_gradients(zip(tape.gradient(loss, network.trainable_variables), network.trainable_variables))
