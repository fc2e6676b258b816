# expect: tokens-without-embedding @ 21
# keras: silent
from keras.datasets import imdb
from keras.utils import pad_sequences
from keras.models import Sequential
from keras.layers import LSTM, Dense, Input, Reshape

max_features = 10000
maxlen = 80
batch_size = 32

print('Loading data...')
(x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=max_features)
x_train, y_train = x_train[:64], y_train[:64]
x_train = pad_sequences(x_train, maxlen=maxlen)
print('x_train shape:', x_train.shape)
x_train = x_train.reshape(x_train.shape[0], maxlen, 1)

print('Build model...')
model = Sequential()
model.add(LSTM(32, dropout=0.2, recurrent_dropout=0.2, input_shape=(maxlen, 1)))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(x_train, y_train, batch_size=batch_size, epochs=1, verbose=0)
