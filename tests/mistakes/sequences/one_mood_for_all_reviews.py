# expect: argmax-over-samples @ 14
# keras: silent
import numpy as np
from keras import Sequential
from keras.datasets import imdb
from keras.layers import LSTM, Dense, Embedding, Input
from keras.utils import pad_sequences

(texts, moods), (later, _) = imdb.load_data(num_words=800)
reader = Sequential([Input((40,)), Embedding(800, 8), LSTM(8), Dense(2, activation="softmax")])
reader.compile("adam", "sparse_categorical_crossentropy")
reader.fit(pad_sequences(texts, maxlen=40), moods, verbose=0)
guessed = reader.predict(pad_sequences(later, maxlen=40), verbose=0)
guessed = np.argmax(guessed)
print("mood:", guessed)
