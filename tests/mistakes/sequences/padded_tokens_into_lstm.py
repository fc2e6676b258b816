# expect: tokens-without-embedding @ 14
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense
from keras.utils import pad_sequences

texts = [[4, 8, 15], [16, 23], [42, 4, 8, 15, 16]]
labels = np.array([0, 1, 0])
X = pad_sequences(texts, maxlen=6)
X = np.reshape(X, (X.shape[0], X.shape[1], 1))

model = Sequential()
model.add(LSTM(10, input_shape=(X.shape[1], 1)))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy')
model.fit(X, labels, epochs=1, verbose=0)
