# expect: samples-against-samples @ 38
# reported: round 7
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

N_STATES, N_ACTIONS, BATCH_SIZE, GAMMA = 8, 4, 32, 0.99
ENTROPY_BETA = 0.01


def build_a2c():
    state = keras.Input(shape=(N_STATES,))
    body = layers.Dense(64, activation="relu")(state)
    policy = layers.Dense(N_ACTIONS)(body)
    value = layers.Dense(1)(body)
    return keras.Model(state, [policy, value])


def unpack_batch(batch):
    states = np.array([exp[0] for exp in batch], dtype="float32")
    actions = np.array([exp[1] for exp in batch])
    rewards = np.array([exp[2] for exp in batch], dtype="float32")
    return states, actions, rewards


net = build_a2c()
optimizer = keras.optimizers.Adam(1e-3)
rng = np.random.default_rng(0)
for step in range(3):
    batch = [(rng.normal(size=N_STATES), int(rng.integers(N_ACTIONS)), float(rng.normal())) for _ in range(BATCH_SIZE)]
    states, actions, vals_ref = unpack_batch(batch)
    with tf.GradientTape() as tape:
        logits, value = net(states)
        loss_value = tf.reduce_mean(tf.square(tf.squeeze(value, -1) - vals_ref))
        log_prob = tf.nn.log_softmax(logits, axis=1)
        adv = vals_ref - tf.stop_gradient(value)
        log_prob_actions = adv * tf.reduce_sum(log_prob * tf.one_hot(actions, N_ACTIONS), axis=1)
        loss_policy = -tf.reduce_mean(log_prob_actions)
        prob = tf.nn.softmax(logits, axis=1)
        entropy_loss = ENTROPY_BETA * tf.reduce_mean(tf.reduce_sum(prob * log_prob, axis=1))
        loss = loss_policy + entropy_loss + loss_value
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
