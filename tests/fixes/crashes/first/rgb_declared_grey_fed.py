import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, Flatten, Dense

xrays = np.random.rand(12, 50, 50, 1)
sick = np.random.randint(0, 2, 12)
cnn = Sequential()
cnn.add(Conv2D(8, 3, activation="relu", input_shape=(50, 50, 3)))
cnn.add(Flatten())
cnn.add(Dense(1, activation="sigmoid"))
cnn.compile("adam", "binary_crossentropy", metrics=["accuracy"])
cnn.fit(xrays, sick, epochs=1)
