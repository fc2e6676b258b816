# missed: embedding-contradiction @ 23 min(…) of a number and a vocabulary of unknown size
# keras: crash
# Text classification with pretrained GloVe vectors
import numpy as np
from keras.models import Sequential
from keras.layers import Embedding, GlobalAveragePooling1D, Dense

MAX_NUM_WORDS = 2000
EMBEDDING_DIM = 100
MAX_SEQUENCE_LENGTH = 50

word_index = {"word%d" % i: i for i in range(1, 3001)}
embeddings_index = {w: np.random.rand(EMBEDDING_DIM) for w in list(word_index)[:500]}

num_words = min(MAX_NUM_WORDS, len(word_index) + 1)
embedding_matrix = np.zeros((len(word_index) + 1, EMBEDDING_DIM))
for word, i in word_index.items():
    embedding_vector = embeddings_index.get(word)
    if embedding_vector is not None:
        embedding_matrix[i] = embedding_vector

model = Sequential()
model.add(Embedding(num_words, EMBEDDING_DIM, weights=[embedding_matrix], trainable=False))
model.add(GlobalAveragePooling1D())
model.add(Dense(64, activation='relu'))
model.add(Dense(20, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam')
model.build((None, MAX_SEQUENCE_LENGTH))
