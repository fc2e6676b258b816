# expect: missing-sample-axis @ 34
# keras: crash
import random
from collections import deque

import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.optimizers import Adam


class DQN:
    def __init__(self, n_obs, n_actions):
        self.n_obs = n_obs
        self.memory = deque(maxlen=200)
        self.gamma = 0.95
        self.model = Sequential([
            Dense(24, activation="relu", input_shape=(n_obs,)),
            Dense(24, activation="relu"),
            Dense(n_actions),
        ])
        self.model.compile(loss="mse", optimizer=Adam(1e-3))

    def remember(self, *transition):
        self.memory.append(transition)

    def replay(self, size):
        for state, action, reward, next_state, done in random.sample(self.memory, size):
            state = np.reshape(state, (1, self.n_obs))
            target = self.model.predict(state, verbose=0)
            if done:
                target[0][action] = reward
            else:
                target[0][action] = reward + self.gamma * np.amax(self.model.predict(np.zeros(8), verbose=0))
            self.model.fit(state, target, epochs=1, verbose=0)


agent = DQN(8, 4)
for _ in range(12):
    agent.remember(np.zeros(8), 1, 0.5, np.zeros(8), False)
agent.replay(4)
