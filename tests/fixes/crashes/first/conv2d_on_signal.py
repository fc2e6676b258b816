import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

ecg = np.random.rand(20, 360, 1)
beat = np.random.randint(0, 5, 20)
model = Sequential()
model.add(Conv2D(16, 3, activation="relu", input_shape=(360, 1)))
model.add(MaxPooling2D(2))
model.add(Flatten())
model.add(Dense(5, activation="softmax"))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(ecg, beat, epochs=1)
