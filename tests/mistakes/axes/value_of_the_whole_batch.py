# expect: sum-over-samples @ 46
# reported: round 5
# keras: silent
import random
from collections import deque

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

STATES, ACTIONS, GAMMA, BATCH = 8, 4, 0.95, 16


class Memory:
    def __init__(self, size):
        self.buffer = deque(maxlen=size)

    def add(self, experience):
        self.buffer.append(experience)

    def sample(self, number):
        states, actions, rewards, following, dones = zip(*random.sample(self.buffer, number))
        return (
            np.array(states, dtype="float32"),
            np.array(actions),
            np.array(rewards, dtype="float32"),
            np.array(following, dtype="float32"),
            np.array(dones, dtype="float32"),
        )


network = keras.Sequential([keras.Input((STATES,)), layers.Dense(32, activation="elu"), layers.Dense(ACTIONS)])
optimizer = keras.optimizers.Adam(1e-3)
memory = Memory(500)
for _ in range(64):
    memory.add((np.random.rand(STATES), random.randrange(ACTIONS), random.random(), np.random.rand(STATES), False))


def learn():
    states, actions, rewards, following, dones = memory.sample(BATCH)
    best = tf.reduce_max(network(following), axis=1)
    target_q = rewards + (1.0 - dones) * GAMMA * best
    with tf.GradientTape() as tape:
        output = network(states)
        q = tf.reduce_sum(tf.multiply(output, tf.one_hot(actions, ACTIONS)))
        loss = tf.reduce_mean(tf.square(target_q - q))
    gradients = tape.gradient(loss, network.trainable_variables)
    optimizer.apply_gradients(zip(gradients, network.trainable_variables))
    return loss


for _ in range(3):
    print(float(learn()))
