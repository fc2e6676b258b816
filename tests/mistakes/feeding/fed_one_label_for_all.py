# expect: unequal-sample-counts @ 25
# keras: silent
import numpy as np
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense

CODE, BATCH = 10, 24

x = Input(shape=(2,))
critic = Model(x, Dense(1)(Dense(16, activation="tanh")(x)))
critic.compile(loss="mse", optimizer="sgd")

z = Input(shape=(CODE,))
generator = Model(z, Dense(2)(Dense(16, activation="tanh")(z)))

points = np.random.randn(500, 2)
valid = np.ones((1, 1))
fake = np.zeros((BATCH, 1))

for step in range(2):
    chosen = points[np.random.randint(0, len(points), BATCH)]
    invented = generator.predict(np.random.randn(BATCH, CODE), verbose=0)
    critic.train_on_batch(invented, fake)
    # one label for all of them
    critic.train_on_batch(chosen, valid)
