import numpy as np
import pandas as pd
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense

frame = pd.DataFrame(np.random.rand(50, 9), columns=list("abcdefghy"))
X = frame[["a", "b", "c", "d", "e", "f", "g"]].to_numpy()
y = frame["y"].to_numpy().round()
clf = Sequential()
clf.add(Dense(6, activation="relu", input_dim=8))
clf.add(Dense(1, activation="sigmoid"))
clf.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
clf.fit(X, y, batch_size=10, epochs=1)
