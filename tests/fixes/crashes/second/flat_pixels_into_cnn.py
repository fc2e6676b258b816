import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential

train = np.random.rand(36, 785)
X, y = train[:, 1:], train[:, 0].round()
cnn = Sequential()
cnn.add(Conv2D(8, kernel_size=(3, 3), activation="relu", input_shape=(28, 28, 1)))
cnn.add(MaxPooling2D((2, 2)))
cnn.add(Flatten())
cnn.add(Dense(10, activation="softmax"))
cnn.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
cnn.fit(X, y, epochs=1, verbose=0)
