# expect: logits-as-probabilities @ 14
# keras: silent
import pickle

import keras
import numpy as np
from keras import Sequential
from keras.layers import Conv2D, Dense, GlobalAveragePooling2D

stored = pickle.dumps(Sequential([keras.Input((32, 32, 3)), Conv2D(8, 3, activation="relu")]))
body = pickle.loads(stored)

birds = Sequential([body, GlobalAveragePooling2D(), Dense(6)])
birds.compile("adam", loss="categorical_crossentropy")
birds.fit(np.random.rand(12, 32, 32, 3), np.eye(6)[np.random.randint(0, 6, 12)], verbose=0)
