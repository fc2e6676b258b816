# up to 2.3 Keras 2 read the sides of a kernel as Keras 1 did, since then the second is the strides
from keras.layers import Convolution2D, Dense, Flatten, MaxPooling2D, SeparableConv2D
from keras.models import Sequential
from keras.utils import np_utils

labels = np_utils.to_categorical([0, 1, 2])
model = Sequential()
model.add(Convolution2D(16, 3, 3, activation="relu", input_shape=(30, 30, 1)))
model.add(Convolution2D(24, 3, 3, activation="relu"))
model.add(SeparableConv2D(24, 5, 5, activation="relu"))
model.add(MaxPooling2D((2, 2)))
model.add(Convolution2D(8, 1, 1))
model.add(Convolution2D(8, 7, 7))
model.add(Flatten())
model.add(Dense(3, activation="softmax"))

named = Sequential()  # what those versions refused
named.add(Convolution2D(16, 3, 3, padding="same", input_shape=(32, 32, 3)))  # expect: strides-by-position
named.add(Convolution2D(16, 3, 3, padding="same"))  # expect: strides-by-position
