import numpy as np
import keras
from keras.layers import Dense, Dropout

spam = np.eye(2)[np.random.randint(0, 2, 80)]
features = np.random.rand(80, 57)
model = keras.Sequential()
model.add(Dense(32, activation="relu", input_shape=(57,)))
model.add(Dropout(0.2))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(features, spam, epochs=1, batch_size=16, verbose=0)
