# expect: missing-sample-axis @ 26
# keras: crash
import random
import numpy as np
from collections import deque
from keras.models import Sequential
from keras.layers import Dense, Input


class Agent:
    def __init__(self, state_size=4, action_size=2):
        self.state_size = state_size
        self.action_size = action_size
        self.memory = deque(maxlen=2000)
        self.epsilon = 0.0
        self.model = Sequential()
        self.model.add(Input((self.state_size,)))
        self.model.add(Dense(24, activation='relu'))
        self.model.add(Dense(24, activation='relu'))
        self.model.add(Dense(self.action_size, activation='linear'))
        self.model.compile(loss='mse', optimizer='adam')

    def act(self, state):
        if np.random.rand() < self.epsilon:
            return random.randrange(self.action_size)
        act_values = self.model.predict(state, verbose=0)
        return np.argmax(act_values[0])


class CartPole:
    """The environment, without gym."""

    def reset(self):
        return np.zeros(4)


env = CartPole()
agent = Agent()
state = env.reset()
print(agent.act(state))
