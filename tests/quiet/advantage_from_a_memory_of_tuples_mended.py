# the corrected twin of axes/advantage_from_a_memory_of_tuples
import keras
import numpy as np
from keras import ops


class DQNAgent:
    def __init__(self, state_size, n_actions):
        self.state_size = state_size
        self.n_actions = n_actions
        self.gamma = 0.95
        self.memory = []
        self.value_net = self._build()

    def _build(self):
        m = keras.Sequential()
        m.add(keras.layers.Input(shape=(self.state_size,)))
        m.add(keras.layers.Dense(24, activation="relu"))
        m.add(keras.layers.Dense(1, activation="linear"))
        m.compile(loss="mse", optimizer="adam")
        return m

    def remember(self, *step):
        self.memory.append(step)

    def replay(self, batch_size):
        idx = np.random.choice(len(self.memory), batch_size)
        states = np.array([self.memory[i][0] for i in idx])
        rewards = np.array([self.memory[i][1] for i in idx])
        nxt = np.array([self.memory[i][2] for i in idx])
        v = self.value_net.predict(states, verbose=0)
        v_next = self.value_net.predict(nxt, verbose=0)
        advantage = rewards + self.gamma * v_next[:, 0] - v[:, 0]
        self.value_net.fit(states, rewards[:, None], epochs=1, verbose=0)
        return advantage.mean()


agent = DQNAgent(4, 2)
for _ in range(100):
    agent.remember(np.random.rand(4), np.random.rand(), np.random.rand(4))
print(agent.replay(32))
