import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Embedding, LSTM, Dense
from tensorflow.keras.utils import to_categorical

sentences = np.random.randint(0, 100, (25, 12))
tags = to_categorical(np.random.randint(0, 6, (25, 12)), 6)
tagger = Sequential()
tagger.add(Embedding(100, 10))
tagger.add(LSTM(20))
tagger.add(Dense(6, activation="softmax"))
tagger.compile("adam", "categorical_crossentropy")
tagger.fit(sentences, tags, epochs=1)
