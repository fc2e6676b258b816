import numpy as np
from keras.models import Sequential
from keras.layers import Dense

train_images = np.random.rand(60, 28, 28)
train_labels = np.random.randint(0, 10, 60)
network = Sequential()
network.add(Dense(512, activation="relu", input_shape=(28 * 28,)))
network.add(Dense(10, activation="softmax"))
network.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
network.fit(train_images, train_labels, epochs=1, batch_size=20)
