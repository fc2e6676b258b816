import numpy as np
from keras.models import Sequential
from keras.layers import Embedding, Flatten, Dense
from keras.initializers import Constant

word_index = {f"w{n}": n for n in range(1, 121)}
matrix = np.zeros((len(word_index) + 1, 50))
docs = np.random.randint(0, 120, (20, 15))
good = np.random.randint(0, 2, 20)
model = Sequential()
model.add(Embedding(len(word_index), 50, embeddings_initializer=Constant(matrix), trainable=False))
model.add(Flatten())
model.add(Dense(1, activation="sigmoid"))
model.compile("adam", "binary_crossentropy")
model.fit(docs, good, epochs=1)
