# expect: softmax-over-one @ 12
# keras: silent
import numpy as np
from keras.layers import Dense, Input
from keras.models import Sequential

X = np.random.rand(32, 8)
y = np.random.randint(0, 2, 32)
model = Sequential()
model.add(Input((8,)))
model.add(Dense(12, activation="relu"))
model.add(Dense(1, activation="softmax"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X, y, epochs=1, verbose=0)
