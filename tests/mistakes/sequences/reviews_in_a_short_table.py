# expect: ids-beyond-embedding @ 12
# keras: crash
from keras import Sequential
from keras.datasets import imdb
from keras.layers import LSTM, Dense, Embedding, Input
from keras.utils import pad_sequences

COMMON = 5000

(texts, moods), _ = imdb.load_data(num_words=COMMON)
texts = pad_sequences(texts, maxlen=120, padding="post")
reader = Sequential([Input((120,)), Embedding(46, 16), LSTM(8), Dense(1, activation="sigmoid")])
reader.compile("adam", "binary_crossentropy")
reader.fit(texts[:64], moods[:64], verbose=0)
