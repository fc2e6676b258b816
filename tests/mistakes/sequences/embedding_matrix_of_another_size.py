# expect: embedding-contradiction @ 11
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Embedding, LSTM, Dense, Input

vocab_size = 50
embedding_matrix = np.zeros((vocab_size + 1, 25))
model = Sequential()
model.add(Input(shape=(12,)))
model.add(Embedding(vocab_size, 25, weights=[embedding_matrix], trainable=False))
model.add(LSTM(8))
model.add(Dense(1))
