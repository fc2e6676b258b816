import numpy as np
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential


class Agent:
    def __init__(self, state_size, action_size):
        self.model = Sequential([
            Input((state_size,)),
            Dense(24, activation="relu"),
            Dense(action_size, activation="linear"),
        ])

    def act(self, state):
        q = self.model.predict(state, verbose=0)
        return np.argmax(q[0])


agent = Agent(4, 2)
state = np.array([0.1, 0.0, -0.2, 0.05])
print(agent.act(state))
