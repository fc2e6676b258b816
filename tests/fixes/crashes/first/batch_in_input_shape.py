import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense

train = np.random.rand(30, 28, 28, 1)
digit = np.random.randint(0, 10, 30)
model = Sequential()
model.add(Conv2D(8, (3, 3), activation="relu", input_shape=train.shape))
model.add(Flatten())
model.add(Dense(10, activation="softmax"))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(train, digit)
