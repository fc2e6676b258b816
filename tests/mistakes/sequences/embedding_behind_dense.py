# expect: floats-into-embedding @ 10
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Embedding, Flatten, Input

model = Sequential([
    Input(shape=(20,)),
    Dense(10, activation="sigmoid"),
    Embedding(100, 8),
    Flatten(),
    Dense(1),
])
model.compile("adam", "mse")
model.fit(np.ones((4, 20)), np.ones(4), verbose=0)
