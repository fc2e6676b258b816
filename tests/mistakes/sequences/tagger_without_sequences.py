# expect: missing-return-sequences @ 12
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import Embedding, Bidirectional, LSTM, TimeDistributed, Dense, Input

max_len, n_words, n_tags = 20, 200, 5
model = Sequential([
    Input((max_len,)),
    Embedding(n_words, 16),
    Bidirectional(LSTM(8)),
    TimeDistributed(Dense(n_tags, activation="softmax")),
])
model.compile("rmsprop", "sparse_categorical_crossentropy")
model.fit(np.ones((4, max_len)), np.ones((4, max_len)), verbose=0)
