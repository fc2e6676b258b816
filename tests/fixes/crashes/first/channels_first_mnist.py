import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

pixels = np.random.rand(20, 784)
X = pixels.reshape(pixels.shape[0], 1, 28, 28)
y = np.random.randint(0, 10, 20)
model = Sequential()
model.add(Conv2D(16, (5, 5), activation="relu", input_shape=(1, 28, 28)))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Flatten())
model.add(Dense(10, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
model.fit(X, y)
