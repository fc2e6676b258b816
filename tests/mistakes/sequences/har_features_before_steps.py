# expect: swapped-steps-and-features @ 13
# keras: silent
# Human activity recognition, after a blog post
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dropout, Dense

n_timesteps, n_features, n_outputs = 32, 9, 6
trainX = np.random.rand(20, n_features, n_timesteps)
trainy = np.eye(n_outputs)[np.random.randint(0, n_outputs, 20)]

model = Sequential()
model.add(LSTM(16, input_shape=(n_features, n_timesteps)))
model.add(Dropout(0.5))
model.add(Dense(n_outputs, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(trainX, trainy, epochs=1, batch_size=10, verbose=0)
