# expect: ids-beyond-embedding @ 9
# keras: crash
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense, Embedding, GlobalAveragePooling1D

codes = np.array([[1, 5, 2], [3, 3, 5], [4, 1, 2], [5, 5, 5]])
rows = int(codes.max())
model = Sequential([Input((3,)), Embedding(rows, 4), GlobalAveragePooling1D(), Dense(1)])
model.compile("adam", "mse")
model.fit(codes, np.zeros(4), verbose=0)
