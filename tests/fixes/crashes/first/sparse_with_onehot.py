import numpy as np
import keras
from keras.layers import Dense, Flatten
from keras.utils import to_categorical

breeds = 12
x = np.random.rand(24, 16, 16, 3)
y = to_categorical(np.random.randint(0, breeds, 24), breeds)
model = keras.Sequential([keras.Input((16, 16, 3)), Flatten(), Dense(32, activation="relu"), Dense(breeds, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=1)
