# in Keras 2 an Embedding that is given the size of the batch declares an input of any length
from keras.layers import Dense, Embedding, TimeDistributed
from keras.layers.recurrent import LSTM
from keras.models import Sequential

batch = 32
model = Sequential()
model.add(Embedding(50, 16, batch_size=batch))
model.add(LSTM(64, return_sequences=True, stateful=True))
model.add(LSTM(64, return_sequences=True, stateful=True))
model.add(TimeDistributed(Dense(50, activation="softmax")))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
