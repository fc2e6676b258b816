# what is built where one condition holds meets what is made where another one says the same
import sys

import keras
import numpy as np
from keras import layers

n = int(sys.argv[1])
inputs = keras.Input((4,))
if n > 2:
    outputs = layers.Dense(n, activation="softmax")(inputs)
    loss = "categorical_crossentropy"
else:
    outputs = layers.Dense(1, activation="sigmoid")(inputs)
    loss = "binary_crossentropy"
model = keras.Model(inputs, outputs)
model.compile("adam", loss)
labels = np.random.randint(0, n, 30)
model.fit(np.zeros((30, 4)), keras.utils.to_categorical(labels, n) if 2 < n else labels)
scores = model.predict(np.zeros((30, 4)))
if n <= 2:
    found = (scores > 0.5).astype(int)
else:
    found = scores.argmax(axis=1)

k = int(sys.argv[2])
steps = keras.Input((20, 3))
if k > 1:
    out = layers.TimeDistributed(layers.Dense(1))(layers.LSTM(4, return_sequences=True)(steps))
else:
    out = layers.Dense(1)(layers.LSTM(4)(steps))
reader = keras.Model(steps, out)
reader.compile("adam", "mse")
wanted = np.zeros((9, 20, 1))
if not k > 1:
    wanted = wanted[:, -1]
reader.fit(np.zeros((9, 20, 3)), wanted)
if k <= 1:
    flat = reader.predict(np.zeros((9, 20, 3))).reshape(9, 1)
