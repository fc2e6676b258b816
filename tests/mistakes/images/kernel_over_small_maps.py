# expect: kernel-wider-than-input @ 11
# keras: crash
from keras.layers import Conv2D, Input, MaxPooling2D
from keras.models import Sequential

model = Sequential()
model.add(Input((28, 28, 1)))
for filters in (8, 16, 32):
    model.add(Conv2D(filters, 3))
    model.add(MaxPooling2D())
model.add(Conv2D(64, 3))
