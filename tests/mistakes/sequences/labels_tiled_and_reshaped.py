# expect: reshape-as-transpose @ 19
# reported: round 6
# keras: silent
import numpy as np
from tensorflow.keras.datasets import imdb
from tensorflow.keras.layers import LSTM, Dense, Embedding, TimeDistributed
from tensorflow.keras.models import Model, Sequential
from tensorflow.keras.preprocessing import sequence

max_features = 2000
num_time_steps = 30
num_data_points = 32

(x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=max_features)
x_train = sequence.pad_sequences(x_train[:num_data_points], maxlen=num_time_steps)
y_train = y_train[:num_data_points]

y_train_tiled = np.tile(y_train, (num_time_steps, 1))
y_train_tiled = y_train_tiled.reshape(len(y_train), num_time_steps, 1)

model = Sequential()
model.add(Embedding(max_features, 32))
model.add(LSTM(32, return_sequences=True))
model.add(TimeDistributed(Dense(1, activation="sigmoid")))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x_train, y_train_tiled, batch_size=8, epochs=1)

states = Model(model.inputs, model.layers[1].output).predict(x_train)
np.save("states.npy", states.reshape(-1, 32))
