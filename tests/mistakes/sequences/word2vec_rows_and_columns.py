# expect: embedding-contradiction @ 19
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Embedding, Bidirectional, LSTM, Dense

vocab_size = 1200
w2v_size = 100
maxlen = 40

def build_matrix(word_vectors, vocab_size, dim):
    matrix = np.zeros((vocab_size, dim))
    for i in range(1, vocab_size):
        matrix[i] = word_vectors.get(i, np.zeros(dim))
    return matrix

matrix = build_matrix({}, vocab_size, w2v_size)
clf = Sequential()
clf.add(Embedding(vocab_size, 300, weights=[matrix], trainable=False))
clf.add(Bidirectional(LSTM(32)))
clf.add(Dense(1, activation='sigmoid'))
clf.build((None, maxlen))
