import numpy as np
from keras.models import Sequential
from keras.layers import Dense

x_train, y_train = np.random.rand(64, 28, 28), np.random.randint(0, 10, 64)
x_test, y_test = np.random.rand(16, 28, 28), np.random.randint(0, 10, 16)
x_train = x_train.reshape(64, 784)
model = Sequential()
model.add(Dense(32, activation="relu", input_shape=(784,)))
model.add(Dense(10, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(x_train, y_train, epochs=1, verbose=0)
model.evaluate(x_test, y_test, verbose=0)
