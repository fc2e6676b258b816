# expect: count-vectors-as-sequence @ 11
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import LSTM, Dense

X_tfidf = np.random.rand(12, 300)
y = np.random.randint(0, 2, 12)

model = Sequential()
model.add(LSTM(8, input_shape=(1, X_tfidf.shape[1])))
model.add(Dense(1, activation='sigmoid'))
model.compile('adam', 'binary_crossentropy')
model.fit(X_tfidf.reshape(12, 1, 300), y, verbose=0)
