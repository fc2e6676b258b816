# expect: stateful-shuffled @ 32
# reported: round 8
# keras: silent
"""The next value of a wave that fades: each batch begins with the states in which the one before ended."""

import numpy as np
from keras.layers import LSTM, Dense, Input
from keras.models import Sequential

BATCH = 25
ROUNDS = 2


def fading_wave(count):
    time = np.arange(count)
    return 100 * np.cos(time / 150) * np.exp(-time / 10_000)


wave = fading_wave(501)
now = wave[:-1].reshape(-1, 1, 1)
then = wave[1:].reshape(-1, 1)

model = Sequential()
model.add(Input(batch_shape=(BATCH, 1, 1)))
model.add(LSTM(50, return_sequences=True, stateful=True))
last = LSTM(50, stateful=True)
model.add(last)
model.add(Dense(1))
model.compile(loss="mse", optimizer="rmsprop")

for _ in range(ROUNDS):
    model.fit(now, then, batch_size=BATCH, epochs=1, verbose=0)
    for layer in model.layers:
        if hasattr(layer, "reset_states"):
            layer.reset_states()

told = model.predict(now, batch_size=BATCH)
