# expect: channels-first-input @ 24
# keras: silent
import random
from collections import deque

import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, Flatten, Dense
from tensorflow.keras.optimizers import Adam


class DQNAgent:
    def __init__(self, action_size, frames=4, width=84, height=84):
        self.state_size = (frames, width, height)
        self.action_size = action_size
        self.memory = deque(maxlen=2000)
        self.gamma = 0.99
        self.epsilon = 1.0
        self.learning_rate = 2.5e-4
        self.model = self._build_model()

    def _build_model(self):
        model = Sequential()
        model.add(Conv2D(32, (8, 8), strides=4, padding='same', activation='relu', input_shape=self.state_size))
        model.add(Conv2D(64, (4, 4), strides=2, padding='same', activation='relu'))
        model.add(Conv2D(64, (3, 3), padding='same', activation='relu'))
        model.add(Flatten())
        model.add(Dense(512, activation='relu'))
        model.add(Dense(self.action_size, activation='linear'))
        model.compile(loss='mse', optimizer=Adam(learning_rate=self.learning_rate))
        return model

    def act(self, state):
        if np.random.rand() <= self.epsilon:
            return random.randrange(self.action_size)
        return np.argmax(self.model.predict(state[np.newaxis], verbose=0)[0])


agent = DQNAgent(6)
agent.epsilon = 0
agent.act(np.zeros((4, 84, 84)))
