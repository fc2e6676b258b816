# expect: strides-by-position @ 9
# expect: strides-by-position @ 10
# keras: silent
from keras.layers import Conv2D, Dense, Flatten, Input
from keras.models import Sequential

model = Sequential()
model.add(Input((64, 64, 3)))
model.add(Conv2D(8, 3, 3, activation="relu"))
model.add(Conv2D(16, 3, 3, activation="relu"))
model.add(Flatten())
model.add(Dense(1, activation="sigmoid"))
