# expect: pooling-over-one-step @ 8
# keras: crash
import numpy as np
from keras.models import Sequential
from keras.layers import MaxPooling1D, Flatten, Dense

model = Sequential()
model.add(MaxPooling1D(pool_size=2, input_shape=(1, 300)))
model.add(Flatten())
model.add(Dense(2, activation='softmax'))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(np.zeros((4, 1, 300)), np.zeros(4), verbose=0)
