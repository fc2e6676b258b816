# missed: reshape-as-transpose @ 19 what is joined of arrays of unknown shape is not known
# reported: round 3
# keras: silent
# file: red.npy (20, 256)
# file: green.npy (20, 256)
# file: blue.npy (20, 256)
# file: labels.npy (20,)<5
import numpy as np
from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
from keras.models import Sequential

# one row an image: the first 256 values are the red plane, then green, then blue
red = np.load("red.npy")
green = np.load("green.npy")
blue = np.load("blue.npy")
X = np.hstack((red, green, blue))
y = np.load("labels.npy")

X = X.reshape(len(X), 16, 16, 3)

model = Sequential()
model.add(Conv2D(32, (3, 3), activation="relu", input_shape=(16, 16, 3)))
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(5, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=1, batch_size=10)
