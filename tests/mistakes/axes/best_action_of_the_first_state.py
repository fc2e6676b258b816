# missed: other-axis-picked @ 60 an item 0 in a loop over the samples is not compared with the loop's
# reported: round 8
# keras: silent
import random
from collections import deque

import numpy as np
from keras.layers import Dense, Flatten, Input
from keras.models import Model
from keras.optimizers import Adam


class Agent:
    def __init__(self, state_dim, action_dim, lr, tau):
        self.state_dim, self.action_dim, self.tau = state_dim, action_dim, tau
        self.model = self.network()
        self.model.compile(Adam(lr), "mse")
        self.target_model = self.network()
        self.target_model.set_weights(self.model.get_weights())

    def network(self):
        inp = Input(self.state_dim)
        x = Flatten()(inp)
        x = Dense(64, activation="relu")(x)
        return Model(inp, Dense(self.action_dim, activation="linear")(x))

    def fit(self, inp, targ):
        self.model.fit(inp, targ, epochs=1, verbose=0)

    def predict(self, inp):
        return self.model.predict(inp, verbose=0)

    def target_predict(self, inp):
        return self.target_model.predict(inp, verbose=0)


class DDQN:
    def __init__(self, action_dim, state_dim, batch_size=16):
        self.gamma, self.batch_size = 0.95, batch_size
        self.buffer = deque(maxlen=500)
        self.agent = Agent(state_dim, action_dim, 2.5e-4, 1e-2)

    def memorize(self, *experience):
        self.buffer.append(experience)

    def train_agent(self):
        batch = random.sample(self.buffer, self.batch_size)
        s = np.array([b[0] for b in batch])
        a = np.array([b[1] for b in batch])
        r = np.array([b[2] for b in batch])
        d = np.array([b[3] for b in batch])
        new_s = np.array([b[4] for b in batch])
        q = self.agent.predict(s)
        next_q = self.agent.predict(new_s)
        q_targ = self.agent.target_predict(new_s)
        for i in range(s.shape[0]):
            if d[i]:
                q[i, a[i]] = r[i]
            else:
                next_best_action = np.argmax(next_q[0, :])
                q[i, a[i]] = r[i] + self.gamma * q_targ[i, next_best_action]
        self.agent.fit(s, q)


ddqn = DDQN(3, (4, 6))
for _ in range(40):
    ddqn.memorize(
        np.random.rand(4, 6),
        random.randrange(3),
        random.random(),
        random.random() < 0.1,
        np.random.rand(4, 6),
    )
ddqn.train_agent()
