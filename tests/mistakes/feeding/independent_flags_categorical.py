# expect: sigmoid-with-categorical-loss @ 8
# keras: silent
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense

model = Sequential([Input((6,)), Dense(4, activation="relu"), Dense(3, activation="sigmoid")])
model.compile("adam", "categorical_crossentropy")
flags = np.random.randint(0, 2, (20, 3))
model.fit(np.random.rand(20, 6), flags, verbose=0)
