# expect: rnn-single-step @ 11
# keras: silent
import numpy as np
from tensorflow.keras.layers import GRU, Dense, Input, RepeatVector
from tensorflow.keras.models import Model

PAST = 48

past = Input(shape=(PAST,))
steps = RepeatVector(1)(past)
state = GRU(32)(steps)
model = Model(past, Dense(1)(state))
model.compile("adam", "mae")
load = np.sin(np.arange(400) / 7)
X = np.array([load[i : i + PAST] for i in range(300)])
model.fit(X, load[PAST : PAST + 300], verbose=0)
