# expect: missing-time-axis @ 8
# keras: crash
from keras.layers import Conv3D, Input
from keras.models import Sequential

model = Sequential()
model.add(Input((112, 112, 3)))
model.add(Conv3D(8, (3, 3, 3), activation="relu"))
