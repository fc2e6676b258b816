import numpy as np
from keras.models import Sequential
from keras.layers import Input, Conv1D, GlobalMaxPooling2D, Dense

seqs = np.random.rand(16, 60, 4)
site = np.random.randint(0, 2, 16)
dna = Sequential([Input((60, 4)), Conv1D(12, 8, activation="relu"), GlobalMaxPooling2D(), Dense(1, activation="sigmoid")])
dna.compile("adam", "binary_crossentropy")
dna.fit(seqs, site, verbose=0)
