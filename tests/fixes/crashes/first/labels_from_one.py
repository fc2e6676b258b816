import numpy as np
from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense
from keras.utils import to_categorical

reviews = np.random.randint(0, 500, (60, 20))
stars = np.array([1, 2, 3] * 20)
y = to_categorical(stars)
model = Sequential()
model.add(Embedding(500, 8))
model.add(LSTM(16))
model.add(Dense(3, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(reviews, y, epochs=1)
