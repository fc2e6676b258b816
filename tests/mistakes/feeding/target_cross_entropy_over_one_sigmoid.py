# expect: one-unit-for-classes @ 14
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import Dense

dataset = np.random.rand(150, 9)
X, Y = dataset[:, 0:8], (dataset[:, 8] > 0.5).astype(int)

model = Sequential()
model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Dense(8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X, Y, epochs=1, batch_size=10, verbose=0)
