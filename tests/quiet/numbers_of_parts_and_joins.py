# numbers that are written or counted, then joined or cut: one array does not tell the span of the result
import numpy as np
from keras import Sequential, layers
from keras.utils import to_categorical

doors = np.arange(60)[:40]
model = Sequential([layers.Input((1,)), layers.Embedding(40, 4), layers.Flatten()])
model.predict(doors)

first, second = np.array([1, 2, 2]), np.array([0, 1, 0])
kinds = to_categorical(np.concatenate([first, second]))
sides = np.concatenate([np.array([1, 1]), np.array([0, 1, 0])])
decision = Sequential([layers.Input((4,)), layers.Dense(1, activation="sigmoid")])
decision.compile("adam", "binary_crossentropy")
decision.fit(np.random.rand(5, 4), sides)
decision.fit(np.random.rand(2, 4), np.array([0, 1, 2])[:2])
