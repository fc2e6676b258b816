# expect: samples-against-samples @ 34
# reported: round 7
# keras: silent
import random
from collections import deque

import numpy as np
import tensorflow as tf
from tensorflow import keras


class Agent:
    def __init__(self, state_size, number_of_actions, discount=0.9, mbsz=32):
        self.state_size = state_size
        self.number_of_actions = number_of_actions
        self.discount = discount
        self.mbsz = mbsz
        self.memory = deque(maxlen=1000)
        self.opt = keras.optimizers.RMSprop(1e-4)
        self.build_model()

    def build_model(self):
        S = keras.Input(shape=(self.state_size,))
        H = keras.layers.Dense(64, activation="relu")(S)
        V = keras.layers.Dense(self.number_of_actions)(H)
        self.model = keras.Model(S, V)

    def train(self, S, NS, A, R, T):
        with tf.GradientTape() as tape:
            VS = self.model(S)
            VNS = tf.stop_gradient(self.model(NS))
            future_value = (1 - T) * tf.reduce_max(VNS, axis=1)
            target = R + self.discount * future_value
            chosen = tf.gather(VS, A, axis=1)
            cost = tf.reduce_mean((chosen - target) ** 2)
        params = self.model.trainable_variables
        self.opt.apply_gradients(zip(tape.gradient(cost, params), params))
        return float(cost)

    def iterate(self):
        batch = random.sample(self.memory, self.mbsz)
        S = np.array([b[0] for b in batch], dtype="float32")
        A = np.array([b[1] for b in batch], dtype="int32")
        R = np.array([b[2] for b in batch], dtype="float32")
        NS = np.array([b[3] for b in batch], dtype="float32")
        T = np.array([b[4] for b in batch], dtype="float32")
        return self.train(S, NS, A, R, T)


agent = Agent(state_size=6, number_of_actions=3)
for _ in range(100):
    agent.memory.append((np.random.rand(6), random.randrange(3), random.random(), np.random.rand(6), 0.0))
print([agent.iterate() for _ in range(3)])
