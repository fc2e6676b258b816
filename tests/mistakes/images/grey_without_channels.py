# expect: rank-mismatch @ 9
# keras: crash
import numpy as np
from keras.layers import Conv2D, Dense, Flatten
from keras.models import Sequential

x = np.random.rand(10, 28, 28)
model = Sequential()
model.add(Conv2D(8, (3, 3), activation="relu", input_shape=x.shape[1:]))
model.add(Flatten())
model.add(Dense(10))
