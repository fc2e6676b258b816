# one of the orders may be that of the data
import keras
from keras import backend as K
from keras.layers import Conv2D, Permute

model = keras.Sequential()
if K.image_data_format() == "channels_first":
    model.add(Permute((1, 2, 3), input_shape=(4, 84, 84)))
else:
    model.add(Permute((2, 3, 1), input_shape=(4, 84, 84)))
model.add(Conv2D(32, 8))

first = keras.Sequential()
if K.image_data_format() == "channels_last":
    first.add(Permute((1, 2, 3), input_shape=(84, 84, 4)))
elif K.image_data_format() == "channels_first":
    first.add(Permute((3, 1, 2), input_shape=(84, 84, 4)))
else:
    raise RuntimeError("no such order")
first.add(Conv2D(32, 8))

plain = keras.Sequential()
plain.add(Permute((1, 2, 3), input_shape=(84, 84, 4)))  # expect: permute-without-effect
