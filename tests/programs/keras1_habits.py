# still runs with new keras: input_dim, tuples as kernel, strings everywhere
from keras.models import Sequential
from keras.layers import Dense, Activation, Conv1D, MaxPooling1D, Flatten, Embedding, LSTM, Dropout, TimeDistributed
import numpy

numpy.random.seed(7)
top_words = 500
max_review_length = 50
embedding_vecor_length = 32

model = Sequential()
model.add(Embedding(top_words, embedding_vecor_length))
model.add(Dropout(0.2))
model.add(Conv1D(filters=32, kernel_size=3, padding='same', activation='relu'))
model.add(MaxPooling1D(pool_size=2))
model.add(LSTM(100))
model.add(Dropout(0.2))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.build((None, max_review_length))

pima = Sequential()
pima.add(Dense(12, input_dim=8, kernel_initializer='uniform'))
pima.add(Activation('relu'))
pima.add(Dense(8, kernel_initializer='uniform', activation='relu'))
pima.add(Dense(1, kernel_initializer='uniform', activation='sigmoid'))

lenet = Sequential([
    Conv1D(6, 5, input_shape=(100, 1)), Activation('tanh'), MaxPooling1D(2, 2),
    Conv1D(16, 5), Activation('tanh'), MaxPooling1D(2, 2),
    Flatten(), Dense(120), Activation('tanh'), Dense(84), Activation('tanh'), Dense(10, activation='softmax')])

tagger = Sequential()
tagger.add(LSTM(32, return_sequences=True, input_shape=(None, 20)))
tagger.add(TimeDistributed(Dense(9, activation='softmax')))
