# expect: embedding-contradiction @ 13
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import Input, Embedding, GRU, Dense

vocab_size = 300
embedding_dim = 32
max_length = 15

model = Sequential()
model.add(Input((max_length,)))
model.add(Embedding(embedding_dim, vocab_size))
model.add(GRU(8))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy')
model.fit(np.ones((4, max_length)), np.ones(4), verbose=0)
