import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, MaxPooling2D, LSTM, Dense

spectra = np.random.rand(8, 40, 64, 1)
phone = np.random.randint(0, 9, 8)
model = Sequential()
model.add(Conv2D(8, 3, padding="same", activation="relu", input_shape=(40, 64, 1)))
model.add(MaxPooling2D((1, 4)))
model.add(LSTM(16))
model.add(Dense(9, activation="softmax"))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(spectra, phone)
