# expect: refused-call @ 8
# keras: crash
from keras.layers import Conv2D, Input
from keras.models import Sequential

model = Sequential()
model.add(Input((32, 32, 3)))
model.add(Conv2D(8, (3, 3), (1, 1), "relu"))
