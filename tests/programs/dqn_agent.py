import random
from collections import deque
import numpy as np
from keras.models import Sequential, Model
from keras.layers import Dense, Conv2D, Flatten, Input, Lambda, Add, Subtract
from keras.optimizers import Adam
from keras import ops

EPISODES = 2


class FakeEnv:
    class _Space:
        def __init__(self, shape=None, n=None):
            self.shape = shape
            self.n = n

    def __init__(self, obs=(4,), n=2):
        self.observation_space = self._Space(shape=obs)
        self.action_space = self._Space(n=n)

    def reset(self):
        return np.zeros(self.observation_space.shape)

    def step(self, action):
        return self.reset(), 1.0, random.random() < 0.2, {}


class DQNAgent:
    def __init__(self, state_size, action_size):
        self.state_size = state_size
        self.action_size = action_size
        self.memory = deque(maxlen=2000)
        self.gamma = 0.95    # discount rate
        self.epsilon = 1.0  # exploration rate
        self.epsilon_min = 0.01
        self.epsilon_decay = 0.995
        self.learning_rate = 0.001
        self.model = self._build_model()
        self.target_model = self._build_model()

    def _build_model(self):
        # Neural Net for Deep-Q learning Model
        model = Sequential()
        model.add(Dense(24, input_dim=self.state_size, activation='relu'))
        model.add(Dense(24, activation='relu'))
        model.add(Dense(self.action_size, activation='linear'))
        model.compile(loss='mse', optimizer=Adam(learning_rate=self.learning_rate))
        return model

    def remember(self, state, action, reward, next_state, done):
        self.memory.append((state, action, reward, next_state, done))

    def act(self, state):
        if np.random.rand() <= self.epsilon:
            return random.randrange(self.action_size)
        act_values = self.model.predict(state)
        return np.argmax(act_values[0])  # returns action

    def replay(self, batch_size):
        minibatch = random.sample(self.memory, batch_size)
        for state, action, reward, next_state, done in minibatch:
            target = reward
            if not done:
                target = (reward + self.gamma * np.amax(self.model.predict(next_state)[0]))
            target_f = self.model.predict(state)
            target_f[0][action] = target
            self.model.fit(state, target_f, epochs=1, verbose=0)


class DuelingConv(DQNAgent):
    def _build_model(self):
        frames = Input(shape=self.state_size, name='frames')
        x = Lambda(lambda x: x / 255.0)(frames)
        for filters, k, s in ((32, 8, 4), (64, 4, 2), (64, 3, 1)):
            x = Conv2D(filters, k, strides=s, activation='relu')(x)
        x = Flatten()(x)
        v = Dense(64, activation='relu')(x)
        v = Dense(1)(v)
        a = Dense(64, activation='relu')(x)
        a = Dense(self.action_size)(a)
        mean = Lambda(lambda a: ops.mean(a, axis=1, keepdims=True), name='mean')(a)
        advantage = Subtract()([a, mean])
        q = Add()([v, advantage])
        return Model(inputs=frames, outputs=q)


if __name__ == "__main__":
    env = FakeEnv()
    state_size = env.observation_space.shape[0]
    action_size = env.action_space.n
    agent = DQNAgent(state_size, action_size)
    done = False
    batch_size = 4
    for e in range(EPISODES):
        state = env.reset()
        state = np.reshape(state, [1, state_size])
        for time in range(10):
            action = agent.act(state)
            next_state, reward, done, _ = env.step(action)
            next_state = np.reshape(next_state, [1, state_size])
            agent.remember(state, action, reward, next_state, done)
            state = next_state
            if done:
                break
        if len(agent.memory) > batch_size:
            agent.replay(batch_size)
    atari = DuelingConv((84, 84, 4), 6)
