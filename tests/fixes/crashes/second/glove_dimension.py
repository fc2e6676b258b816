import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Embedding, Dense, GlobalAveragePooling1D

EMBEDDING_DIM = 100
vocabulary = 800
embedding_matrix = np.random.uniform(-1, 1, (vocabulary + 1, EMBEDDING_DIM))
model = Sequential()
model.add(Embedding(vocabulary, EMBEDDING_DIM, weights=[embedding_matrix], trainable=False))
model.add(GlobalAveragePooling1D())
model.add(Dense(1, activation="sigmoid"))
model.compile("adam", "binary_crossentropy")
model.fit(np.random.randint(0, vocabulary, (16, 25)), np.random.randint(0, 2, 16), verbose=0)
